import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys, successorOfPrefix } from './key-order.ts';

// Close to the borders where UTF-16 and UTF-8 disagree.
const key = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'a',
      '/',
      '\u0000',
      '\u007f',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{1f600}',
      '\u{10ffff}',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 8,
});

test('orders keys as their UTF-8 bytes', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2000 },
  );
});

test('puts astral characters after U+FFFF, where JavaScript puts them before', () => {
  expect(['\uffff', '\u{1f600}'].toSorted()).toEqual(['\u{1f600}', '\uffff']);
  expect(compareKeys('\u{1f600}', '\uffff')).toBeGreaterThan(0);
});

test('the successor of a prefix is after all its keys and before all others', () => {
  fc.assert(
    fc.property(key, key, (prefix, other) => {
      const successor = successorOfPrefix(prefix);
      expect(successor === undefined).toBe(prefix.replaceAll('\u{10ffff}', '') === '');
      if (successor === undefined) return;
      expect(compareKeys(prefix + other, successor)).toBeLessThan(0);
      expect(successor.isWellFormed()).toBe(true);
      const isBetween = compareKeys(other, prefix) >= 0 && compareKeys(other, successor) < 0;
      expect(isBetween).toBe(other.startsWith(prefix));
    }),
    { numRuns: 2000 },
  );
});
