import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashToken, isApiKey, newApiKey, newToken } from './token.ts';

test('a token has 256 bits, is different each time and hides in logs', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens.map((token) => token.reveal())).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token.reveal(), 'base64url')).toHaveLength(32);
  expect(JSON.stringify({ token: tokens[0] })).toBe('{"token":"[secret]"}');
});

test('a hash is SHA-256 in base64url', () => {
  expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});

test('an API key carries its prefix and a checksum that holds', () => {
  for (let round = 0; round < 200; round += 1) {
    const key = newApiKey().reveal();
    expect(key).toMatch(/^wk_[\w-]{43}[0-9a-z]{7}$/);
    expect(isApiKey(key)).toBe(true);
  }
});

test('a key with one character changed is recognised as none', () => {
  fc.assert(
    fc.property(fc.nat(52), fc.constantFrom(...'abcxyz0189-_AZ'), (position, character) => {
      const key = newApiKey().reveal();
      const changed = key.slice(0, position) + character + key.slice(position + 1);
      expect(isApiKey(changed)).toBe(changed === key);
    }),
  );
});

test('no other text is taken for a key', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(isApiKey(text)).toBe(false);
      expect(isApiKey(`wk_${text}`)).toBe(false);
    }),
  );
});
