import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it.each(['/connections', '/sources/src_1?team=team_1#preview', '/'])('goes back to %s', (next) =>
  expect(safeNext(next)).toBe(next),
);

it.each([
  undefined,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
])('stays home for %j', (next) => expect(safeNext(next)).toBe('/'));

it('never leaves the site', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const url = new URL(safeNext(text), 'https://windlass.example');
      expect(url.origin).toBe('https://windlass.example');
    }),
  );
});
