import { formFields } from '@windlass/contract';
import { expect, test } from 'vitest';
import { showAnswers } from './show-answers.ts';

const fields = formFields.parse([
  { id: 'event', kind: 'text', label: 'Event' },
  {
    id: 'paper',
    kind: 'choice',
    label: 'Paper',
    multiple: true,
    options: [
      { value: 'matt', label: 'Matt, 300 g' },
      { value: 'gloss', label: 'Glossy' },
    ],
  },
  { id: 'copies', kind: 'number', label: 'Copies', scope: 'file', unit: 'prints' },
]);

test('answers have the words of the form, in its order', () => {
  expect(showAnswers(fields, 'order', { paper: ['gloss', 'matt'], event: 'Wedding', copies: 2 })).toEqual([
    ['Event', 'Wedding'],
    ['Paper', 'Glossy, Matt, 300 g'],
  ]);
  expect(showAnswers(fields, 'file', { copies: 2 })).toEqual([['Copies', '2 prints']]);
});

test('what the form does not know any more is shown as it was given, or not at all', () => {
  expect(showAnswers(fields, 'order', { paper: 'silk', other: 'x' })).toEqual([['Paper', 'silk']]);
});
