import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../kernel/secret.ts';
import { solve } from '../testing/solve-challenge.ts';
import { difficultyFor, isSolved, leadingZeroBits, makeSalt, readSalt } from './proof-of-work.ts';

const newKey = (): Secret => new Secret(randomBytes(32).toString('base64url'));
const key = newKey();
const place = { dropId: 'drp_1', network: '192.0.2.7' };
const now = new Date('2026-11-23T12:00:00Z');
const inTenMinutes = new Date(now.getTime() + 600_000);
const salt = makeSalt(key, place, { difficulty: 8, expiresAt: inTenMinutes });

describe('a challenge', () => {
  it('says what it was made with, at its own place', () => {
    expect(readSalt(key, place, salt, now)).toEqual({ difficulty: 8, expiresAt: inTenMinutes });
  });

  const elsewhere: readonly (readonly [string, Parameters<typeof readSalt>])[] = [
    ['of another page', [key, { ...place, dropId: 'drp_2' }, salt, now]],
    ['from another network', [key, { ...place, network: '192.0.2.8' }, salt, now]],
    ['under another key', [newKey(), place, salt, now]],
    ['that is over', [key, place, salt, inTenMinutes]],
    ['that was made easier', [key, place, salt.replace(/^8/, '1'), now]],
    ['that was made longer', [key, place, salt.replace(/\.\d+\./, '.9999999999.'), now]],
  ];
  it.each(elsewhere)('%s is none', (_what, given) => {
    expect(readSalt(...given)).toBeNull();
  });

  it('is none where it is any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readSalt(key, place, text, now)).toBeNull();
      }),
    );
  });

  it('is never the same twice', () => {
    expect(makeSalt(key, place, { difficulty: 8, expiresAt: inTenMinutes })).not.toBe(salt);
  });

  it('is solved by who has done the work, and by nobody else', () => {
    const nonce = solve({ salt, difficulty: 8 });
    expect(isSolved(salt, nonce, 8)).toBe(true);
    expect(isSolved(`${salt}x`, nonce, 40)).toBe(false);
    // By chance one in 2^40.
    expect(isSolved(salt, nonce, 40)).toBe(false);
  });
});

it.each([
  [[0x80], 0],
  [[0x01], 7],
  [[0x00, 0x80], 8],
  [[0x00, 0x00, 0x10], 19],
  [[0x00, 0x00], 16],
])('%j begins with %i zero bits', (bytes, bits) => {
  expect(leadingZeroBits(Uint8Array.from(bytes))).toBe(bits);
});

it('grows with the load, and not without bound', () => {
  expect([0, 10, 19, 20, 40, 80, 640, 1_000_000].map(difficultyFor)).toEqual([
    16, 16, 16, 17, 18, 19, 22, 22,
  ]);
});
