import { sourceSettings } from '@windlass/contract';
import { expect, it } from 'vitest';
import { validateWith } from '../../lib/validate.ts';
import { formErrors, newSource, sourceBody } from './source-values.ts';

const connectionId = 'con_01kazq8v3kf2wvpn2d8m6b3c9t';
const validate = validateWith(sourceSettings);

it('begins with what the contract takes', () => {
  expect(validate(sourceBody({ ...newSource(connectionId), name: 'demo' }))).toEqual({});
});

it('turns mebibytes into bytes and drops a question mark', () => {
  const body = sourceBody({
    ...newSource(connectionId),
    maxInputMebibytes: 1.5,
    defaultParameters: '?format=webp',
  });
  expect(body.limits.maxInputBytes).toBe(1_572_864);
  expect(body.defaultParameters).toBe('format=webp');
});

it('puts an error on the field of the form, with its range', () => {
  const errors = formErrors(
    validate(sourceBody({ ...newSource(connectionId), maxInputMebibytes: '', maxAgeSeconds: -1 })),
  );
  expect(errors).toEqual({
    name: 'This is needed.',
    maxInputMebibytes: 'Between 0.001 and 500.',
    maxAgeSeconds: 'A whole number from 0 to 31,536,000 (a year).',
  });
});
