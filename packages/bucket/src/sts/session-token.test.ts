import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSessionTokens } from './session-token.ts';
import type { SessionClaims } from './session-token.ts';

const tokens = createSessionTokens(randomBytes(32));
const claims: fc.Arbitrary<SessionClaims> = fc.record({
  accessKeyId: fc.string({ minLength: 1 }),
  secretAccessKey: fc.string({ minLength: 1 }),
  roleId: fc.string(),
  sessionName: fc.string(),
  issuedAt: fc.nat(),
  expiresAt: fc.nat(),
  policy: fc.option(fc.string({ unit: 'grapheme', maxLength: 2048 })),
  provider: fc.option(fc.string()),
});

describe('a session token', () => {
  test('opens to what was sealed', () => {
    fc.assert(
      fc.property(claims, (given) => {
        expect(tokens.open(tokens.seal(given))).toEqual(given);
      }),
    );
  });

  test('does not open when any sign of it was changed, or under another key', () => {
    const others = createSessionTokens(randomBytes(32));
    fc.assert(
      fc.property(claims, fc.nat(), fc.constantFrom(...'AZaz09-_=+ '), (given, position, sign) => {
        const token = tokens.seal(given);
        const at = position % token.length;
        const changed = token.slice(0, at) + sign + token.slice(at + 1);
        expect(tokens.open(changed)).toEqual(changed === token ? given : undefined);
        expect(others.open(token)).toBeUndefined();
      }),
    );
  });

  test('is none for any text that was not sealed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(tokens.open(text)).toBeUndefined();
      }),
    );
    expect(tokens.open('A'.repeat(100_000))).toBeUndefined();
  });

  test('hides the secret that it holds', () => {
    const secret = randomBytes(15).toString('hex');
    const token = tokens.seal({
      accessKeyId: 'ASIA',
      secretAccessKey: secret,
      roleId: 'r',
      sessionName: 's',
      issuedAt: 0,
      expiresAt: 1,
      policy: null,
      provider: null,
    });
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(secret);
  });
});
