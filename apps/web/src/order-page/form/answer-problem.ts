import type { FormField } from '@windlass/contract';
import type { AnswerValue } from '../files/file-options.ts';
import { words } from '../words.ts';

/** A form of address that mail servers take; the server has the last word. */
const looksLikeEmail = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

export const isEmail = (text: string): boolean => text.length <= 254 && looksLikeEmail.test(text.trim());

/** Decimal steps have no exact binary form: 0.3 is two steps of 0.15 to a person. */
const fitsStep = (value: number, from: number, step: number): boolean => {
  const steps = (value - from) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
};

const numberProblem = (field: FormField & { kind: 'number' }, value: number): string | null => {
  if (field.min !== null && value < field.min) return words.field.atLeast(field.min);
  if (field.max !== null && value > field.max) return words.field.atMost(field.max);
  if (!fitsStep(value, field.min ?? 0, field.step)) return words.field.inSteps(field.step, field.min ?? 0);
  return null;
};

const dateProblem = (field: FormField & { kind: 'date' }, value: string): string | null => {
  if (field.min !== null && value < field.min) return words.field.notBefore(field.min);
  if (field.max !== null && value > field.max) return words.field.notAfter(field.max);
  return null;
};

/**
 * Why an answer cannot be sent; null where it can. The server judges by the same rules; here they are told while there is
 * time to mend.
 */
export const answerProblem = (field: FormField, value: AnswerValue | undefined): string | null => {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return field.required ? words.field.needed : null;
  }
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? numberProblem(field, value) : words.field.aNumber;
    case 'date':
      return typeof value === 'string' ? dateProblem(field, value) : words.field.aDate;
    case 'email':
      return typeof value === 'string' && isEmail(value) ? null : words.field.anEmail;
    case 'text':
      return typeof value === 'string' && value.length > field.maxLength
        ? words.field.tooLong(field.maxLength)
        : null;
    case 'choice': {
      const known = new Set(field.options.map((option) => option.value));
      const chosen = Array.isArray(value) ? value : [String(value)];
      return chosen.every((entry) => known.has(entry)) ? null : words.field.chooseAgain;
    }
  }
};
