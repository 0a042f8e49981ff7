import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toOwnPath } from './own-path.ts';

test.each([
  [undefined, '/'],
  ['/', '/'],
  ['/sources?team=1#top', '/sources?team=1#top'],
  ['sources', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/./\\evil.example', '/'],
  ['/..//evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after %j goes to %j', (next, path) => {
  expect(toOwnPath(next)).toBe(path);
});

test('never leaves our origin', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '\t',
    '\n',
    'evil.example',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const path = toOwnPath(pieces.join(''));
      expect(new URL(path, 'https://own.example').origin).toBe('https://own.example');
      expect(path).not.toMatch(/[\n\r]/);
    }),
    { numRuns: 2000 },
  );
});
