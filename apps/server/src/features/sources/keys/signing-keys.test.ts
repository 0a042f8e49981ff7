import { rotateSigningKeys } from '@windlass/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealKeys, takenSigningKeys } from './signing-keys.ts';

const salt = 'c2FsdC1zYWx0LXNhbHQ=';
const read = (secureKey: string) => rotateSigningKeys.body.safeParse({ secureKey, secureSalt: salt });
const problemsOf = (body: object) =>
  rotateSigningKeys.body
    .safeParse(body)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a pair of signing keys that was made elsewhere', () => {
  it('may come in either base64, padded or not, and is kept in the standard one', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 12, maxLength: 256 }),
        fc.constantFrom('base64', 'base64url'),
        fc.boolean(),
        (bytes, alphabet, padded) => {
          const standard = Buffer.from(bytes).toString('base64');
          const bare = Buffer.from(bytes).toString(alphabet).replace(/=+$/, '');
          const body = read(padded ? bare.padEnd(standard.length, '=') : bare).data;
          const taken = takenSigningKeys({ secureKey: body!.secureKey!, secureSalt: body!.secureSalt! });
          expect(revealKeys(taken)).toEqual({ secureKey: standard, secureSalt: salt });
        },
      ),
    );
  });

  it('is refused where it is too short to be a secret, or too long', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 11 }),
          fc.uint8Array({ minLength: 257, maxLength: 300, size: 'max' }),
        ),
        fc.constantFrom('base64', 'base64url'),
        (bytes, alphabet) => {
          expect(read(Buffer.from(bytes).toString(alphabet)).success).toBe(false);
        },
      ),
    );
  });

  it.each([
    ['both alphabets at once', '+_+_+_+_+_+_+_+_', 'takes base64'],
    ['hexadecimal with colons', '00:11:22:33:44:55:66:77', 'takes base64'],
    ['a lost last character', 'c2FsdC1zYWx0LXNhbHQtc', 'cut off'],
    ['padding that does not fit', 'c2FsdC1zYWx0LXNhbHQ==', 'cut off'],
  ])('is refused with %s, and the answer does not repeat it', (_, key, words) => {
    const [problem = '', ...others] = problemsOf({ secureKey: key, secureSalt: salt }) ?? [];
    expect(problem).toContain('secureKey: ');
    expect(problem).toContain(words);
    expect([problem, ...others].join()).not.toContain(key);
  });

  it('has two halves', () => {
    expect(problemsOf({ secureKey: salt })).toEqual(['secureSalt: is missing: a pair has both']);
    expect(problemsOf({ secureSalt: salt })).toEqual(['secureKey: is missing: a pair has both']);
    expect(problemsOf({})).toBeUndefined();
  });
});
