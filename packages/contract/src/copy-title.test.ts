import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cloneDrop, copyTitle } from './drops.ts';

const isTitle = (text: string): boolean => cloneDrop.body.safeParse({ name: 'copied', title: text }).success;

it('names a copy after its original, and a copy of it no longer', () => {
  expect(copyTitle('Order prints')).toBe('Copy of Order prints');
  expect(copyTitle('Copy of Order prints')).toBe('Copy of Order prints');
});

it('ends where there is no more room, and leaves nothing out before', () => {
  expect(copyTitle(`${'a'.repeat(111)}😀b`)).toBe(`Copy of ${'a'.repeat(111)}`);
});

it('is a title that the API takes, whatever the original is called', () => {
  const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(title, (text) => {
      fc.pre(isTitle(text));
      expect(isTitle(copyTitle(text))).toBe(true);
    }),
  );
});
