import { formField } from '@windlass/contract';
import { expect, it } from 'vitest';
import { requireForm } from './check-form.ts';

const field = (given: object) => formField.parse({ id: 'it', label: 'It', ...given });
const choice = (...values: string[]) =>
  field({ kind: 'choice', options: values.map((value) => ({ value, label: value })) });

it.each([
  [choice('a4', 'a5', 'a4'), 'fields.0.options'],
  [field({ kind: 'number', min: 3, max: 2 }), 'fields.0.max'],
  [field({ kind: 'number', min: 1, initial: 0 }), 'fields.0.initial'],
  [field({ kind: 'number', max: 1, initial: 2 }), 'fields.0.initial'],
  [field({ kind: 'date', min: '2026-02-01', max: '2026-01-01' }), 'fields.0.max'],
])('refuses a question that nobody can answer: %j', (bad, path) => {
  expect(() => requireForm([bad])).toThrow(
    expect.objectContaining({ code: 'invalidRequest', errors: [expect.objectContaining({ path })] }),
  );
});

it('takes what can be answered', () => {
  expect(() =>
    requireForm([
      choice('a4', 'a5'),
      field({ kind: 'number', min: 1, max: 1, initial: 1 }),
      field({ kind: 'date', min: '2026-01-01', max: '2026-01-01' }),
      field({ kind: 'text' }),
    ]),
  ).not.toThrow();
});
