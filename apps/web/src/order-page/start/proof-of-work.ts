import { createPrefixHash } from './prefix-hash.ts';

/**
 * Finds a decimal nonce for which SHA-256 of `salt:nonce` begins with `difficulty` zero bits. Takes 2^difficulty hashes on
 * average: difficulty 18 is well under a second on a phone.
 *
 * @param difficulty 0 to 32
 * @example findNonce('abc', 8)
 */
export const findNonce = (salt: string, difficulty: number): string => {
  if (difficulty < 0 || difficulty > 32) throw new RangeError('The difficulty has to be 0 to 32 bits.');
  const firstWord = createPrefixHash(`${salt}:`);
  const bound = 2 ** (32 - difficulty);
  for (let nonce = 0; ; nonce += 1) if (firstWord(String(nonce)) < bound) return String(nonce);
};
