import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { nameEntries } from './name-entries.ts';

const names = (...given: string[]): string[] =>
  nameEntries(given.map((name, at) => ({ key: `k${at}`, name }))).map(({ name }) => name);

it('numbers names that are there already, on systems too that do not tell cases apart', () => {
  expect(names('a.jpg', 'a.jpg', 'A.JPG', 'x/a.jpg', 'a (2).jpg', 'noext', 'noext', '.env', '.env')).toEqual([
    'a.jpg',
    'a (2).jpg',
    'A (3).JPG',
    'x/a.jpg',
    'a (2) (2).jpg',
    'noext',
    'noext (2)',
    '.env',
    '.env (2)',
  ]);
});

it.each([
  ['/etc/passwd', 'etc/passwd'],
  ['../../x', '_/_/x'],
  ['a/./b', 'a/_/b'],
  ['C:\\windows\\x', 'C__windows_x'],
  ['a\0b\u202egpj.exe', 'a_b_gpj.exe'],
  ['z\u200b\u061c.jpg', 'z__.jpg'],
  ['CON.jpg', '_CON.jpg'],
  ['a/lpt1', 'a/_lpt1'],
  ['console.jpg', 'console.jpg'],
  ['a//b', 'a/b'],
  ['', '_'],
  ['trailing. ', 'trailing_'],
  // NFD of macOS becomes NFC.
  ['Gru\u0308ße.jpg', 'Grüße.jpg'],
  ['写真/家族.jpg', '写真/家族.jpg'],
])('makes %j into %j', (given, made) => {
  expect(names(given)).toEqual([made]);
});

it('keeps an object that stands for a folder a folder', () => {
  expect(nameEntries([{ key: 'x/', name: 'x/' }])).toEqual([{ key: 'x/', name: 'x/' }]);
});

it('numbers a file that has the name of a folder of another, on whichever side of it', () => {
  expect(names('x', 'X/y.jpg', 'x', 'a/b/c', 'a/B')).toEqual([
    'x (2)',
    'X/y.jpg',
    'x (3)',
    'a/b/c',
    'a/B (2)',
  ]);
});

it('finds ten thousand of one name a name each, in a moment', () => {
  const made = names(...Array.from({ length: 10_000 }, () => 'IMG_0001.jpg'));
  expect(new Set(made).size).toBe(10_000);
  expect(made[9999]).toBe('IMG_0001 (10000).jpg');
});

test('any names come out relative, without a way up, and each its own', () => {
  const segment = fc.oneof(
    fc.constantFrom('..', '.', 'a', 'A', 'a.jpg', ''),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const name = fc.array(segment, { maxLength: 4 }).map((segments) => segments.join('/'));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (given) => {
      const made = names(...given);
      expect(new Set(made.map((one) => one.toLowerCase())).size).toBe(given.length);
      const climbs = made.filter(
        (one) => /^\/|\\|\0|^\w:/.test(one) || one.split('/').some((part) => ['', '.', '..'].includes(part)),
      );
      expect(climbs).toEqual([]);
      const bothFileAndFolder = made.filter((one) =>
        made.some((other) => other.toLowerCase().startsWith(`${one.toLowerCase()}/`)),
      );
      expect(bothFileAndFolder).toEqual([]);
    }),
  );
});
