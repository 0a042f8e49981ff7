import { formField } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { answerProblem } from './answer-problem.ts';
import { stepped } from './stepper.tsx';

const field = (given: object) => formField.parse({ id: 'x', label: 'X', ...given });
const number = formField.options[2].parse({
  id: 'x',
  label: 'X',
  kind: 'number',
  min: 0.1,
  max: 1,
  step: 0.1,
});
const choice = field({ kind: 'choice', options: [{ value: 'a', label: 'A' }], multiple: true });
const date = field({ kind: 'date', min: '2026-12-01', max: '2026-12-24' });

describe('an answer', () => {
  it.each([
    [field({ kind: 'text' }), undefined, null],
    [field({ kind: 'text', required: true }), '', 'This is needed.'],
    [field({ kind: 'text', maxLength: 3 }), 'abcd', 'At most 3 characters.'],
    [number, 0, 'At least 0.1.'],
    [number, 0.3, null],
    [number, 0.35, 'In steps of 0.1, from 0.1.'],
    [number, 2, 'At most 1.'],
    [number, 'two', 'Takes a number.'],
    [choice, ['a'], null],
    [choice, ['b'], 'Choose again: this is no longer offered.'],
    [field({ ...choice, required: true }), [], 'This is needed.'],
    [date, '2026-11-30', 'Not before 2026-12-01.'],
    [date, '2026-12-24', null],
    [date, '2026-12-25', 'Not after 2026-12-24.'],
    [field({ kind: 'email' }), 'ada@example.com', null],
    [field({ kind: 'email' }), 'ada@example', 'This is not an e-mail address.'],
  ])('to %o of %o is judged', (asked, answer, problem) => {
    expect(answerProblem(asked, answer)).toBe(problem);
  });
});

describe('the steps of a number', () => {
  it('begin where the field begins, stay within its bounds, and gather no binary dust', () => {
    expect(stepped(number, undefined, 1)).toBe(0.1);
    expect(stepped(number, 0.2, 1)).toBe(0.3);
    expect(stepped(number, 1, 1)).toBe(1);
    expect(stepped(number, 0.1, -1)).toBe(0.1);
    expect(stepped({ ...number, initial: 0.5 }, undefined, -1)).toBe(0.5);
  });
});
