import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.ts';
import { signWithPageKey } from '../page-keys.ts';

/** Some tens of milliseconds on a desktop, some tenths of a second on a phone. */
const leastDifficulty = 16;
/** 64 times as much: half a minute on a phone. Only a page that is being flooded asks for it. */
const mostDifficulty = 22;
/** So many orders in the time of a challenge are an ordinary day. */
const calmStarts = 10;

/** Long enough to fill in a password, short enough that nobody works ahead. */
export const challengeMilliseconds = 10 * 60 * 1000;

/**
 * Zero bits to be found, by how many orders were begun on the page in the last ten minutes: each doubling of the load
 * doubles the work.
 *
 * @example difficultyFor(0) // 16
 * @example difficultyFor(80) // 19
 */
export const difficultyFor = (recentStarts: number): number =>
  Math.min(
    mostDifficulty,
    leastDifficulty + Math.max(0, Math.floor(Math.log2(Math.max(1, recentStarts / calmStarts)))),
  );

/** Where a challenge counts: on this page, for whoever asks from this network. Neither is in the salt. */
interface ChallengePlace {
  dropId: string;
  network: string;
}

interface ChallengeFacts {
  difficulty: number;
  expiresAt: Date;
}

const saltPattern = /^(\d{1,2})\.(\d{1,12})\.([\w-]{22})\.([\w-]{43})$/;

const mac = (key: Secret, place: ChallengePlace, head: string): string =>
  signWithPageKey(key, 'challenge', JSON.stringify([place.dropId, place.network, head]));

/** A salt that nobody else can make: `difficulty.expiry.random.signature`. */
export const makeSalt = (
  key: Secret,
  place: ChallengePlace,
  { difficulty, expiresAt }: ChallengeFacts,
): string => {
  const seconds = Math.floor(expiresAt.getTime() / 1000);
  const head = `${difficulty}.${seconds}.${randomBytes(16).toString('base64url')}`;
  return `${head}.${mac(key, place, head)}`;
};

/** What a salt of ours says; null for one that was made for another place, is over, or is none. */
export const readSalt = (
  key: Secret,
  place: ChallengePlace,
  salt: string,
  now: Date,
): ChallengeFacts | null => {
  const [, difficulty, seconds, random, signature] = saltPattern.exec(salt) ?? [];
  if (signature === undefined) return null;
  const expected = mac(key, place, `${difficulty}.${seconds}.${random}`);
  // Both have 43 characters.
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
  const expiresAt = new Date(Number(seconds) * 1000);
  return expiresAt > now ? { difficulty: Number(difficulty), expiresAt } : null;
};

/** How many bits are zero before the first that is not. */
export const leadingZeroBits = (bytes: Uint8Array): number => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const byte = bytes[first];
  return byte === undefined ? bytes.length * 8 : first * 8 + Math.clz32(byte) - 24;
};

/** Whether SHA-256 of `salt:nonce` begins with so many zero bits. */
export const isSolved = (salt: string, nonce: string, difficulty: number): boolean =>
  leadingZeroBits(createHash('sha256').update(`${salt}:${nonce}`).digest()) >= difficulty;
