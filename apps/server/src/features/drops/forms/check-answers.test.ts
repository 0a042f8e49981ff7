import {
  answers as answersSchema,
  formField,
  givenAnswers,
  maxFormFields,
  type Answers,
  type FormField,
} from '@windlass/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswers } from './check-answers.ts';

const field = (given: object): FormField => formField.parse({ id: 'it', label: 'It', ...given });
const size = field({
  kind: 'choice',
  options: [
    { value: '10x15', label: '10 × 15 cm' },
    { value: 'a4', label: 'A4' },
  ],
});
const sizes = field({ ...size, multiple: true });

const troubleOf = (of: FormField, answer: Answers[string]): string | undefined =>
  checkAnswers([of], 'order', { it: answer }, 'answers').errors[0]?.message;

describe('an answer', () => {
  const table: readonly (readonly [string, FormField, Answers[string], RegExp | null])[] = [
    ['a text', field({ kind: 'text' }), 'glossy, please', null],
    ['a number for a text', field({ kind: 'text' }), 7, /takes a text/],
    ['a text of the greatest length', field({ kind: 'text', maxLength: 3 }), 'äöü', null],
    ['a text that is too long', field({ kind: 'text', maxLength: 3 }), 'abcd', /up to 3 characters/],
    ['emoji counted as people do', field({ kind: 'text', maxLength: 2 }), '👍👍', null],
    ['two lines where one is asked', field({ kind: 'text' }), 'a\nb', /one line/],
    ['two lines where they may be', field({ kind: 'text', multiline: true }), 'a\nb', null],
    ['a choice', size, 'a4', null],
    ['a choice that there is not', size, 'a3', /has no choice "a3"/],
    ['a label for a choice', size, 'A4', /has no choice "A4"/],
    ['a list where one choice is asked', size, ['a4'], /takes one choice/],
    ['two choices', sizes, ['a4', '10x15'], null],
    ['one text where choices are asked', sizes, 'a4', /a list of choices/],
    ['a choice twice', sizes, ['a4', 'a4'], /twice/],
    ['one good and one bad choice', sizes, ['a4', 'x'], /has no choice "x"/],
    ['a number', field({ kind: 'number' }), 3, null],
    ['a text for a number', field({ kind: 'number' }), '3', /takes a number/],
    ['a number below the least', field({ kind: 'number', min: 1 }), 0, /less than 1/],
    ['the least number', field({ kind: 'number', min: 1 }), 1, null],
    ['the greatest number', field({ kind: 'number', max: 9 }), 9, null],
    ['a number above the greatest', field({ kind: 'number', max: 9 }), 10, /more than 9/],
    ['a number between the steps', field({ kind: 'number' }), 1.5, /steps of 1/],
    ['steps that binary fractions miss', field({ kind: 'number', step: 0.1 }), 0.3, null],
    ['steps from the least number on', field({ kind: 'number', min: 1, step: 2 }), 3, null],
    ['a number off such steps', field({ kind: 'number', min: 1, step: 2 }), 4, /steps of 2/],
    ['a date', field({ kind: 'date' }), '2026-02-28', null],
    ['a day that there is not', field({ kind: 'date' }), '2026-02-30', /takes a date/],
    ['a time', field({ kind: 'date' }), '2026-02-28T10:00:00Z', /takes a date/],
    [
      'a date before the first',
      field({ kind: 'date', min: '2026-03-01' }),
      '2026-02-28',
      /before 2026-03-01/,
    ],
    ['a date after the last', field({ kind: 'date', max: '2026-02-01' }), '2026-02-28', /after 2026-02-01/],
    ['an address', field({ kind: 'email' }), 'ada@example.com', null],
    ['half an address', field({ kind: 'email' }), 'ada@', /e-mail address/],
  ];
  it.each(table)('%s', (_what, of, answer, trouble) => {
    expect(troubleOf(of, answer) ?? 'nothing').toMatch(trouble ?? /^nothing$/);
  });

  it.each(['', '   ', []])('that is %j is none', (nothing) => {
    const optional = checkAnswers(
      [sizes, field({ id: 'text', kind: 'text' })],
      'order',
      { it: nothing },
      'answers',
    );
    expect(optional).toEqual({ answers: {}, errors: [] });
    expect(troubleOf({ ...sizes, required: true }, nothing)).toBe('“It” is required');
  });

  it('is kept without the spaces around it, and 0 is one', () => {
    const fields = [field({ kind: 'text' }), field({ id: 'count', kind: 'number', required: true })];
    expect(checkAnswers(fields, 'order', { it: '  a b ', count: 0 }, 'answers')).toEqual({
      answers: { it: 'a b', count: 0 },
      errors: [],
    });
  });
});

describe('answers', () => {
  const fields = [
    field({ id: 'event', kind: 'text', required: true }),
    field({ id: 'copies', kind: 'number', scope: 'file', min: 1, required: true }),
  ];

  it('are held against the questions of their own scope, each error with its place', () => {
    expect(checkAnswers(fields, 'file', { copies: 0, event: 'x' }, 'files.3.options').errors).toEqual([
      { path: 'files.3.options.event', message: 'is not asked here' },
      { path: 'files.3.options.copies', message: '“It” is less than 1' },
    ]);
    expect(checkAnswers(fields, 'order', {}, 'answers').errors).toEqual([
      { path: 'answers.event', message: '“It” is required' },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('to %s are not asked, and none is found there', (id) => {
    const all: Answers = Object.fromEntries([[id, 'x']]);
    expect(checkAnswers(fields, 'order', { ...all, event: 'y' }, 'answers').answers).toEqual({ event: 'y' });
  });

  it('never throw, and what is kept was asked and is good when it is held up again', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.array(fc.string(), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('event', 'copies', 'other'), value), (all) => {
        const parsed = answersSchema.safeParse(all);
        if (!parsed.success) return;
        const { answers } = checkAnswers([...fields, size], 'order', parsed.data, 'answers');
        expect(Object.keys(answers).every((id) => id === 'event')).toBe(true);
        const again = checkAnswers([...fields, size], 'order', answers, 'answers');
        expect(again.answers).toEqual(answers);
        // What was wrong was not kept, so that all that can be wrong now is what is missing.
        expect(again.errors.every(({ message }) => message.endsWith('is required'))).toBe(true);
      }),
    );
  });
});

const many = (count: number, answer: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`q${at}`, answer]));

describe('answers to more questions than a form may have', () => {
  it('are refused with one fault, and none of them is looked at', () => {
    expect(givenAnswers.safeParse(many(maxFormFields, 'yes')).success).toBe(true);
    for (const answer of ['yes', null]) {
      expect(givenAnswers.safeParse(many(50_000, answer)).error?.issues).toMatchObject([
        { message: 'has more than 40 answers' },
      ]);
    }
  });

  it.each([null, 7, 'text', ['a']])('are not to be confused with %j', (input) => {
    expect(givenAnswers.safeParse(input).success).toBe(false);
  });
});
