import type { FormField, OrderFile } from '@windlass/contract';
import { shortAnswer } from './answer-text.ts';

/** Files that are made alike. */
export interface FileGroup {
  /** `10 × 15 cm, Glossy, Copies: 2`; empty where nothing was answered. */
  name: string;
  files: OrderFile[];
}

/**
 * Files by their answers, as a lab prints them: all of one size and finish together. Groups come in the order that the
 * form's options have, then by name.
 *
 * @param by ids of the questions that make a group, such as `['size', 'finish', 'quantity']`
 */
export const groupFiles = (
  files: readonly OrderFile[],
  fields: readonly FormField[],
  by: readonly string[],
): FileGroup[] => {
  const asked = fields.filter(({ id }) => by.includes(id));
  const groups = new Map<string, { rank: number[]; group: FileGroup }>();
  for (const file of files) {
    const name = asked
      .map((field) => shortAnswer(field, file.options[field.id]))
      .filter((text) => text !== '')
      .join(', ');
    const known = groups.get(name);
    if (known === undefined) {
      const rank = asked.map((field) => rankOf(field, file.options[field.id]));
      groups.set(name, { rank, group: { name, files: [file] } });
    } else known.group.files.push(file);
  }
  return [...groups.values()]
    .toSorted((a, b) => compare(a.rank, b.rank) || a.group.name.localeCompare(b.group.name))
    .map(({ group }) => group);
};

/** Where an answer stands among those that are possible; what was not answered comes last. */
const rankOf = (field: FormField, answer: OrderFile['options'][string] | undefined): number => {
  if (answer === undefined) return Number.MAX_SAFE_INTEGER;
  if (typeof answer === 'number') return answer;
  if (field.kind !== 'choice') return 0;
  const first = Array.isArray(answer) ? answer[0] : answer;
  const place = field.options.findIndex(({ value }) => value === first);
  return place === -1 ? field.options.length : place;
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  const index = a.findIndex((rank, place) => rank !== b[place]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
};

/** Questions that files can be grouped by: those whose answers repeat. */
export const groupable = (fields: readonly FormField[]): FormField[] =>
  fields.filter(({ scope, kind }) => scope === 'file' && (kind === 'choice' || kind === 'number'));

/** Which of them are asked for by `?by=`; all of them where it says nothing, none for `none`. */
export const groupedBy = (fields: readonly FormField[], by: string | undefined): string[] => {
  const ids = groupable(fields).map(({ id }) => id);
  if (by === undefined) return ids;
  const wanted = by.split(',');
  return ids.filter((id) => wanted.includes(id));
};
