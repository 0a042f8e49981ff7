import type { Drop } from '@windlass/contract';
import type { DropValues } from './drop-values.ts';

const needed = 'This is needed.';
const rangeOf: Readonly<Record<string, string>> = {
  maxFiles: 'A whole number from 1 to 5,000.',
  maxFileBytes: 'At least one byte.',
  maxOrderBytes: 'At least one byte.',
  lateHours: 'A whole number from 0 to 1,440 (60 days).',
  retentionDays: 'A whole number from 1 to 3,650, or nothing.',
  maxOrdersPerDay: 'A whole number from 1 to 100,000, or nothing.',
  color: 'A colour as #rrggbb.',
};

/** Errors by path of the wire as errors by field of the form: an entry of a list is told at the list. */
export const formErrors = (errors: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, text]) => {
      const field = path.replace(/^(types|notifyEmails|embedOrigins)\..*$/, '$1');
      const listed = field === path ? '' : `One of them is not right: ${text}`;
      return [field, rangeOf[field] ?? (listed === '' ? text : listed)];
    }),
  );

type Kept = Pick<Drop, 'access' | 'hasPassword' | 'hasHcaptchaSecret'>;

/** What only the form knows: fields that need each other. `kept` is what the page had before; null for a new one. */
export const crossErrors = (values: DropValues, kept: Kept | null): Record<string, string> => {
  const errors: Record<string, string> = {};
  if (values.connectionId === '') errors['connectionId'] = needed;
  // A PIN is no password: what was kept under the other kind does not do.
  const hasSecret = kept !== null && kept.hasPassword && kept.access === values.access;
  if (values.access !== 'open' && values.password === '' && !hasSecret) errors['password'] = needed;
  if (values.access === 'pin' && values.password !== '' && !/^\d{4,8}$/.test(values.password))
    errors['password'] = 'Four to eight digits.';
  if (values.access === 'password' && values.password !== '' && values.password.length < 6)
    errors['password'] = 'Six characters or more.';
  if (values.challenge === 'hcaptcha') {
    if (values.hcaptchaSiteKey.trim() === '') errors['hcaptchaSiteKey'] = needed;
    if (values.hcaptchaSecret === '' && kept?.hasHcaptchaSecret !== true) errors['hcaptchaSecret'] = needed;
  }
  if (
    values.maxFileBytes !== null &&
    values.maxOrderBytes !== null &&
    values.maxFileBytes > values.maxOrderBytes
  )
    errors['maxFileBytes'] = 'No more than an order may have.';
  return errors;
};

/** Errors of the question at a place of the form, by their field: `{ label: 'This is needed.' }`. */
export const fieldErrorsAt = (
  errors: Readonly<Record<string, unknown>>,
  index: number,
): Record<string, string> => {
  const start = `fields.${index}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([path, text]) =>
      path.startsWith(start) && typeof text === 'string'
        ? [[path.slice(start.length).split('.')[0] ?? '', text] as const]
        : [],
    ),
  );
};
