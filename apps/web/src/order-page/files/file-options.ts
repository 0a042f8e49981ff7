import type { Answers, FormField } from '@windlass/contract';
import { changeFiles, type OrderFiles } from './order-file.ts';

export type AnswerValue = Answers[string];

/** What options say of several files: the value where all have the same, `mixed` where they differ. */
export type SharedValue = { kind: 'same'; value: AnswerValue | undefined } | { kind: 'mixed' };

/** Sets one answer; undefined or an empty one takes it out. */
export const withAnswer = (answers: Answers, fieldId: string, value: AnswerValue | undefined): Answers => {
  const { [fieldId]: before, ...rest } = answers;
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return before === undefined ? answers : rest;
  return sameValue(before, value) ? answers : { ...answers, [fieldId]: value };
};

const sameValue = (one: AnswerValue | undefined, other: AnswerValue | undefined): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((entry, index) => entry === other[index])
    : one === other;

/** One option of some files: nobody sets the size of thirty photos one by one. */
export const setOption = (
  files: OrderFiles,
  ids: Iterable<string>,
  fieldId: string,
  value: AnswerValue | undefined,
): OrderFiles =>
  changeFiles(files, ids, (file) => {
    const options = withAnswer(file.options, fieldId, value);
    return options === file.options ? file : { ...file, options };
  });

/** All options of one file for others too. */
export const copyOptions = (files: OrderFiles, ids: Iterable<string>, options: Answers): OrderFiles =>
  changeFiles(files, ids, (file) => ({ ...file, options }));

/** What one option of some files is; with no files, what `fallback` says. */
export const sharedValue = (
  files: OrderFiles,
  ids: Iterable<string>,
  fieldId: string,
  fallback: Answers,
): SharedValue => {
  let first: { value: AnswerValue | undefined } | null = null;
  for (const id of ids) {
    const file = files.get(id);
    if (file === undefined) continue;
    const value = file.options[fieldId];
    if (first === null) first = { value };
    else if (!sameValue(first.value, value)) return { kind: 'mixed' };
  }
  return { kind: 'same', value: first === null ? fallback[fieldId] : first.value };
};

/** What every form begins with: the initial numbers of fields that have one. */
export const initialAnswers = (fields: readonly FormField[]): Answers =>
  Object.fromEntries(
    fields.flatMap((field) =>
      field.kind === 'number' && field.initial !== null ? [[field.id, field.initial]] : [],
    ),
  );

/** `10 × 15 cm · 2 copies`: what was chosen, in the words of the form. */
export const describeOptions = (fields: readonly FormField[], answers: Answers): string =>
  fields
    .map((field) => describeAnswer(field, answers[field.id]))
    .filter((text) => text !== '')
    .join(' · ');

/** One answer in the words of its field; empty where there is none. */
export const describeAnswer = (field: FormField, value: AnswerValue | undefined): string => {
  if (value === undefined) return '';
  if (field.kind === 'choice') {
    const chosen = Array.isArray(value) ? value : [String(value)];
    return chosen
      .map((entry) => field.options.find((option) => option.value === entry)?.label ?? entry)
      .join(', ');
  }
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return field.kind === 'number' && field.unit !== '' ? `${text} ${field.unit}` : text;
};
