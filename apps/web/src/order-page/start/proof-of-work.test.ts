import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrefixHash } from './prefix-hash.ts';
import { findNonce } from './proof-of-work.ts';

const firstWord = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

describe('the work before an order', () => {
  it('hashes as FIPS 180-4 says, over any block boundary', () => {
    expect(createPrefixHash('ab')('c').toString(16)).toBe('ba7816bf');
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat(), (prefix, end) => {
        expect(createPrefixHash(prefix)(String(end))).toBe(firstWord(prefix + String(end)));
      }),
    );
    for (const length of [0, 54, 55, 56, 63, 64, 65, 127, 128, 500]) {
      const prefix = 'x'.repeat(length);
      expect(createPrefixHash(prefix)('7')).toBe(firstWord(`${prefix}7`));
    }
  });

  it.each([0, 1, 8, 11])('finds a nonce whose hash begins with %i zero bits', (difficulty) => {
    const nonce = findNonce('a-salt.signed', difficulty);
    expect(nonce).toMatch(/^\d{1,16}$/);
    expect(Math.clz32(firstWord(`a-salt.signed:${nonce}`))).toBeGreaterThanOrEqual(difficulty);
  });
});
