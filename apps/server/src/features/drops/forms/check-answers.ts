import type { Answers, FormField, FormFieldKind, FormFieldScope } from '@windlass/contract';
import { z } from 'zod';

type Answer = Answers[string];
type FieldOf<Kind extends FormFieldKind> = Extract<FormField, { kind: Kind }>;
/** What is wrong with an answer, to be read behind its name; null where nothing is. */
type Check<Kind extends FormFieldKind> = (answer: Answer, field: FieldOf<Kind>) => string | null;

const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;
const isEmail = (text: string): boolean => z.email().max(254).safeParse(text).success;

const checkChoice: Check<'choice'> = (answer, { multiple, options }) => {
  if (multiple !== Array.isArray(answer)) return multiple ? 'takes a list of choices' : 'takes one choice';
  const chosen = Array.isArray(answer) ? answer : [answer];
  if (new Set(chosen).size !== chosen.length) return 'names a choice twice';
  const unknown = chosen.find((value) => !options.some((option) => option.value === value));
  return unknown === undefined ? null : `has no choice ${JSON.stringify(unknown)}`;
};

const checkNumber: Check<'number'> = (answer, { min, max, step }) => {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'takes a number';
  if (min !== null && answer < min) return `is less than ${min}`;
  if (max !== null && answer > max) return `is more than ${max}`;
  // As HTML counts the steps of <input type="number">: from the least value on. Binary fractions are a little off.
  const steps = (answer - (min ?? 0)) / step;
  return Math.abs(steps - Math.round(steps)) > 1e-6 ? `does not go in steps of ${step}` : null;
};

const checks: { [Kind in FormFieldKind]: Check<Kind> } = {
  text: (answer, { maxLength, multiline }) => {
    if (typeof answer !== 'string') return 'takes a text';
    if ([...answer].length > maxLength) return `takes up to ${maxLength} characters`;
    return !multiline && /[\r\n]/.test(answer) ? 'takes one line' : null;
  },
  choice: checkChoice,
  number: checkNumber,
  date: (answer, { min, max }) => {
    if (typeof answer !== 'string' || !isDay(answer)) return 'takes a date, YYYY-MM-DD';
    // ISO 8601 days sort as text.
    if (min !== null && answer < min) return `is before ${min}`;
    return max !== null && answer > max ? `is after ${max}` : null;
  },
  email: (answer) => (typeof answer === 'string' && isEmail(answer) ? null : 'takes an e-mail address'),
};

const checkOne = (answer: Answer, field: FormField): string | null => {
  switch (field.kind) {
    case 'text':
      return checks.text(answer, field);
    case 'choice':
      return checks.choice(answer, field);
    case 'number':
      return checks.number(answer, field);
    case 'date':
      return checks.date(answer, field);
    case 'email':
      return checks.email(answer, field);
  }
};

/** An answer without a character, or a list without a choice, is none; spaces around a text are not meant. */
const given = (answer: Answer | undefined): Answer | undefined => {
  const meant = typeof answer === 'string' ? answer.trim() : answer;
  return meant === '' || (Array.isArray(meant) && meant.length === 0) ? undefined : meant;
};

export interface CheckedAnswers {
  /** What is kept: only what was asked and answered. */
  answers: Answers;
  errors: { path: string; message: string }[];
}

/**
 * Holds answers against the questions of one scope. What was not asked is refused, as is what is required and missing.
 *
 * @param path of the answers in the request, for the errors
 * @example checkAnswers(fields, 'file', { copies: 0 }, 'files.3.options').errors
 *   // [{ path: 'files.3.options.copies', message: '“Copies” is less than 1' }]
 */
export const checkAnswers = (
  fields: readonly FormField[],
  scope: FormFieldScope,
  all: Answers,
  path: string,
): CheckedAnswers => {
  const asked = fields.filter((field) => field.scope === scope);
  const ids = new Set(asked.map(({ id }) => id));
  const errors = Object.keys(all)
    .filter((id) => !ids.has(id))
    .map((id) => ({ path: `${path}.${id}`, message: 'is not asked here' }));
  const answers: Answers = {};
  for (const field of asked) {
    const answer = given(Object.hasOwn(all, field.id) ? all[field.id] : undefined);
    if (answer === undefined) {
      if (field.required)
        errors.push({ path: `${path}.${field.id}`, message: `“${field.label}” is required` });
      continue;
    }
    const trouble = checkOne(answer, field);
    if (trouble === null) answers[field.id] = answer;
    else errors.push({ path: `${path}.${field.id}`, message: `“${field.label}” ${trouble}` });
  }
  return { answers, errors };
};
