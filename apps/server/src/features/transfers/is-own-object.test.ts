import { expect, test } from 'vitest';
import { isOwnObject, type ExpectedObject, type ObjectFacts } from './is-own-object.ts';

const at = (time: string): Date => new Date(`2026-11-27T${time}Z`);
const found: ObjectFacts = { size: 5, etag: 'aa', storedAt: at('10:00:00') };
const expected: ExpectedObject = { size: 5, etag: 'aa', ticketAt: at('09:59:00') };

const cases: [what: string, Partial<ObjectFacts>, Partial<ExpectedObject>, own: boolean][] = [
  ['of its size and ETag, younger than its ticket', {}, {}, true],
  ['of another size', { size: 6 }, {}, false],
  ['of another ETag', { etag: 'bb' }, {}, false],
  ['whose ETag nobody reported', {}, { etag: null }, true],
  ['whose ETag the bucket does not say', { etag: null }, {}, true],
  ['of the second in which the ticket was made', {}, { ticketAt: at('10:00:00.999') }, true],
  ['two seconds before the ticket, which clocks may be apart', {}, { ticketAt: at('10:00:02') }, true],
  ['older than that', {}, { ticketAt: at('10:00:02.001') }, false],
  [
    'that was there an hour before, although size and ETag were guessed',
    {},
    { ticketAt: at('11:00:00') },
    false,
  ],
  ['whose time the bucket does not say', { storedAt: null }, { ticketAt: at('11:00:00') }, true],
  ['empty, and older', { size: 0, storedAt: at('09:00:00') }, { size: 0, etag: null }, false],
];

test.each(cases)('an object %s', (_what, facts, wanted, own) => {
  expect(isOwnObject({ ...found, ...facts }, { ...expected, ...wanted })).toBe(own);
});
