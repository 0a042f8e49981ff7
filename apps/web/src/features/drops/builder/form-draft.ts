import type { FormField, FormFieldKind, FormFieldScope } from '@windlass/contract';

/** A question while it is edited: `key` stays while everything else changes; it is never sent. */
export type DraftField = FormField & { key: number };

const nextKey = (fields: readonly DraftField[]): number => Math.max(-1, ...fields.map(({ key }) => key)) + 1;

/** The questions of a form as the editor holds them. */
export const draftFields = (fields: readonly FormField[]): DraftField[] =>
  fields.map((field, key) => ({ ...field, key }));

/** What is sent. */
export const fieldsOf = (fields: readonly DraftField[]): FormField[] =>
  fields.map((field) => {
    const { key: _key, ...question } = field;
    return question;
  });

const plain = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();

const unique = (wanted: string, taken: readonly string[], longest: number, joint: string): string => {
  if (!taken.includes(wanted)) return wanted;
  for (let count = 2; ; count += 1) {
    const tail = `${joint}${count}`;
    const candidate = `${wanted.slice(0, longest - tail.length)}${tail}`;
    if (!taken.includes(candidate)) return candidate;
  }
};

const longestId = 40;

/**
 * A name for the answers, made of the label: `Größe (cm)` becomes `grosse_cm`.
 *
 * @param taken ids of the other questions; a second of one name becomes `size_2`
 */
export const fieldIdFrom = (label: string, kind: FormFieldKind, taken: readonly string[]): string => {
  const words = plain(label)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, longestId)
    .replace(/_+$/, '');
  return unique(words === '' ? kind : words, taken, longestId, '_');
};

/** A new label; the id follows it until the form was saved with it, since answers are kept under the id. */
export const relabelled = (
  fields: readonly DraftField[],
  key: number,
  label: string,
  savedIds: readonly string[],
): DraftField[] =>
  fields.map((field) => {
    if (field.key !== key) return field;
    if (savedIds.includes(field.id)) return { ...field, label };
    const taken = fields.filter((other) => other.key !== key).map(({ id }) => id);
    return { ...field, label, id: fieldIdFrom(label, field.kind, taken) };
  });

const blank = {
  text: { kind: 'text', multiline: false, maxLength: 500 },
  choice: { kind: 'choice', options: [], multiple: false },
  number: { kind: 'number', min: 1, max: null, step: 1, unit: '', initial: 1 },
  date: { kind: 'date', min: null, max: null },
  email: { kind: 'email' },
} as const satisfies Record<FormFieldKind, object>;

/** What a kind of question begins with. */
export const blankField = (
  kind: FormFieldKind,
  scope: FormFieldScope,
  taken: readonly string[],
): FormField => {
  const shared = { id: fieldIdFrom('', kind, taken), label: '', help: '', scope, required: false };
  return kind === 'choice' ? { ...shared, ...blank.choice, options: [] } : { ...shared, ...blank[kind] };
};

export const withAdded = (
  fields: readonly DraftField[],
  kind: FormFieldKind,
  scope: FormFieldScope,
): DraftField[] => [
  ...fields,
  {
    ...blankField(
      kind,
      scope,
      fields.map(({ id }) => id),
    ),
    key: nextKey(fields),
  },
];

/** Puts a question at another place among those of its scope; beyond the ends it stays at the end. */
export const withMoved = (fields: readonly DraftField[], key: number, to: number): DraftField[] => {
  const moved = fields.find((field) => field.key === key);
  if (moved === undefined) return [...fields];
  const siblings = fields.filter(({ scope }) => scope === moved.scope);
  const others = siblings.filter((field) => field !== moved);
  const place = Math.max(0, Math.min(others.length, to));
  const ordered = others.toSpliced(place, 0, moved);
  const rest = fields.filter(({ scope }) => scope !== moved.scope);
  return moved.scope === 'order' ? [...ordered, ...rest] : [...rest, ...ordered];
};

export const withDuplicate = (fields: readonly DraftField[], key: number): DraftField[] => {
  const index = fields.findIndex((field) => field.key === key);
  const original = fields[index];
  if (original === undefined) return [...fields];
  const id = unique(
    original.id,
    fields.map((field) => field.id),
    longestId,
    '_',
  );
  return fields.toSpliced(index + 1, 0, { ...structuredClone(original), id, key: nextKey(fields) });
};

type Options = Extract<FormField, { kind: 'choice' }>['options'];

/** The value that an option has in manifests: as it is written where that is plain enough. */
const optionValue = (label: string, taken: readonly string[]): string => {
  const words = plain(label)
    .replaceAll(/[^\w .×x/+-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[\s-]+$/g, '')
    .slice(0, 40)
    .trim();
  return unique(words === '' ? 'option' : words, taken, 40, '-');
};

/** Options are written one a line. One that was there keeps its value, wherever it went. */
export const optionsFromLines = (text: string, before: Options): Options => {
  const labels = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const kept = new Map(before.map(({ label, value }) => [label, value]));
  const taken = labels.flatMap((label) => kept.get(label) ?? []);
  return labels.map((label) => {
    const known = kept.get(label);
    if (known !== undefined) return { label, value: known };
    const value = optionValue(label, taken);
    taken.push(value);
    return { label, value };
  });
};
