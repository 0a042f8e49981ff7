import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedStretch } from './changed-stretch.ts';

it('says nothing of equal texts', () => {
  expect(changedStretch('a', 'a')).toBeNull();
});

it('finds what was put in, taken out and repeated', () => {
  expect(changedStretch('a, b', 'a, x, b')).toEqual({ from: 3, to: 3, insert: 'x, ' });
  expect(changedStretch('a, x, b', 'a, b')).toEqual({ from: 3, to: 6, insert: '' });
  expect(changedStretch('aaa', 'aaaa')).toEqual({ from: 3, to: 3, insert: 'a' });
});

it('makes the new text out of any old one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (old, next) => {
      const stretch = changedStretch(old, next) ?? { from: 0, to: 0, insert: '' };
      expect(old.slice(0, stretch.from) + stretch.insert + old.slice(stretch.to)).toBe(next);
    }),
  );
});
