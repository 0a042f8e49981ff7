import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';
import { expandVariables } from './policy-variables.ts';

const values: Readonly<Record<string, string>> = {
  'aws:username': 'ann',
  'aws:PrincipalTag/p': '*',
  empty: '',
};
const expand = (template: string) => expandVariables(template, (key) => values[key] ?? null);

describe('policy variables', () => {
  it.each([
    ['home/${aws:username}/*', 'home/ann/*'],
    ['${aws:username}${aws:username}', 'annann'],
    ['${ aws:username }', 'ann'],
    ["${aws:PrincipalTag/team, 'shared'}/x", 'shared/x'],
    ["${aws:username,'shared'}", 'ann'],
    ["${none, 'a}b'}", 'a}b'],
    ["${none, ''}", ''],
    ['${empty}x', 'x'],
    ['a${*}b${?}c${$}{d}', 'a*b?c${d}'],
    ['costs $5 and {this}', 'costs $5 and {this}'],
  ])('%s becomes %s', (template, expected) => {
    expect(expand(template).text).toBe(expected);
  });

  it.each([
    ['a/${none}/b', '${none}'],
    ['a/${aws:username', '${aws:username'],
    ['${}', '${}'],
    ['${none, shared}', '${none, shared}'],
    ["${none, 'open}", "${none, 'open}"],
  ])('says what is missing in %s', (template, missing) => {
    expect(expand(template)).toEqual({ text: null, missing });
  });

  it('never lets a value act as a pattern', () => {
    const expansion = expand('a/${aws:PrincipalTag/p}/${*}');
    if (expansion.text === null) throw new Error('Both have values.');
    expect(expansion.text).toBe('a/*/*');
    expect(matchesGlob(expansion.text, 'a/x/y', expansion.literals)).toBe(false);
    expect(matchesGlob(expansion.text, 'a/*/*', expansion.literals)).toBe(true);
  });

  it('takes any text, and changes none that has no variable', () => {
    const texts = fc.string({ unit: fc.constantFrom('$', '{', '}', ',', "'", ' ', 'a', '*') });
    fc.assert(
      fc.property(texts, (template) => {
        const { text } = expand(template);
        expect(template.includes('${') || text === template).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
