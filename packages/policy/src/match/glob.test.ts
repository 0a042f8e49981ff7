import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasWildcard, matchesGlob } from './glob.ts';

/** The definition itself: slow, and plainly right. */
const matchesByDefinition = (pattern: readonly string[], text: readonly string[]): boolean => {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*')
    return (
      matchesByDefinition(rest, text) || (text.length > 0 && matchesByDefinition(pattern, text.slice(1)))
    );
  const [character, ...others] = text;
  return (
    character !== undefined && (first === '?' || first === character) && matchesByDefinition(rest, others)
  );
};

/** Best of some runs, so that what else the machine does is not measured. */
const fastestMilliseconds = (run: () => void): number =>
  Math.min(
    ...Array.from({ length: 20 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );

const charactersOf = (...characters: string[]) => fc.array(fc.constantFrom(...characters), { maxLength: 9 });

describe('glob', () => {
  it('matches as the definition says, for every pattern and text', () => {
    fc.assert(
      fc.property(
        charactersOf('*', '?', 'a', 'b', '/', '😀'),
        charactersOf('a', 'b', '/', '😀', '*', '?', '\n'),
        (pattern, text) => {
          expect(matchesGlob(pattern.join(''), text.join(''))).toBe(matchesByDefinition(pattern, text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('matches a text by itself when all its characters are literal', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, text) => {
        const all = new Set(Array.from({ length: pattern.length }, (_, index) => index));
        expect(matchesGlob(pattern, text, all)).toBe(pattern === text);
        expect(matchesGlob(pattern, pattern, all)).toBe(true);
      }),
    );
  });

  it.each([
    ['uploads/*', 'uploads/', true],
    ['uploads/*', 'uploads', false],
    ['a*b', 'a/\n/b', true],
    ['img?.png', 'img.png', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a.c', 'abc', false],
    ['*.jpg*.png', 'x.jpg.png', true],
    ['*ab', 'abab', true],
    ['ab*ab', 'ab', false],
  ])('%s against %j is %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('takes a wildcard that is marked literal for itself', () => {
    expect(matchesGlob('a*', 'axx', new Set([1]))).toBe(false);
    expect(matchesGlob('a*', 'a*', new Set([1]))).toBe(true);
    expect(matchesGlob('a?*', 'a?bc', new Set([1]))).toBe(true);
  });

  const key = 'a'.repeat(1000);
  it.each([
    ['*a*a*a*a*b'],
    [`${'*a'.repeat(64)}*b`],
    [`*${'a'.repeat(500)}b`],
    [`*${'a'.repeat(500)}b*`],
    [`*b${'a'.repeat(500)}*`],
    [`*${'?'.repeat(500)}b`],
  ])('does not let the hostile pattern %s cost a millisecond', (pattern) => {
    expect(matchesGlob(pattern, key)).toBe(false);
    expect(fastestMilliseconds(() => matchesGlob(pattern, key))).toBeLessThan(1);
  });

  it('knows a pattern from a plain text', () => {
    expect(hasWildcard('a*')).toBe(true);
    expect(hasWildcard('a?')).toBe(true);
    expect(hasWildcard('a.b')).toBe(false);
  });
});
