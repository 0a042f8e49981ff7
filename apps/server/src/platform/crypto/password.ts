import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../kernel/app-error.ts';

/** Cost of argon2id. */
export interface PasswordCost {
  memoryKibibytes: number;
  passes: number;
  parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, argon2id: m=19 MiB, t=2, p=1. */
export const passwordCost: PasswordCost = { memoryKibibytes: 19 * 1024, passes: 2, parallelism: 1 };

interface PasswordsOptions {
  cost?: PasswordCost;
  /** How many hashes run at once: each holds a thread of libuv's four and its memory. Default 2. */
  concurrency?: number;
  /** How many more may wait; beyond that callers get `unavailable` (503). Default 64, a few seconds of waiting. */
  queueLimit?: number;
}

export interface Passwords {
  /** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
  hash(password: string): Promise<string>;
  /**
   * Compares in constant time. Without a stored hash the same work is done and the answer is false, so that an
   * unknown account takes as long as a wrong password. `stale` says that the hash was made with another cost.
   */
  verify(stored: string | null, password: string): Promise<{ matches: boolean; stale: boolean }>;
}

const saltBytes = 16;
const tagBytes = 32;
const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
const derive = promisify(argon2);

/** @example const passwords = createPasswords(); const hash = await passwords.hash('correct horse battery'); */
export const createPasswords = (options: PasswordsOptions = {}): Passwords => {
  const cost = options.cost ?? passwordCost;
  const inTurn = createTurns(options.concurrency ?? 2, options.queueLimit ?? 64);
  // Compared with where there is no account; its password is random and kept by nobody.
  const decoy: StoredHash = { cost, salt: randomBytes(saltBytes), tag: randomBytes(tagBytes) };

  return {
    hash: async (password) => {
      const salt = randomBytes(saltBytes);
      const tag = await inTurn(() => derive('argon2id', toParameters(password, cost, salt, tagBytes)));
      return formatPhc({ cost, salt, tag });
    },
    verify: async (stored, password) => {
      const expected = stored === null ? decoy : parsePhc(stored);
      const tag = await inTurn(() =>
        derive('argon2id', toParameters(password, expected.cost, expected.salt, expected.tag.length)),
      );
      const matches = timingSafeEqual(tag, expected.tag) && stored !== null;
      return { matches, stale: matches && !sameCost(expected.cost, cost) };
    },
  };
};

interface StoredHash {
  cost: PasswordCost;
  salt: Buffer;
  tag: Buffer;
}

const toParameters = (
  password: string,
  cost: PasswordCost,
  nonce: Buffer,
  tagLength: number,
): Argon2Parameters => ({
  // The same password may be typed as composed or decomposed characters (NIST SP 800-63B 3.1.1.2).
  message: Buffer.from(password.normalize('NFKC'), 'utf8'),
  nonce,
  parallelism: cost.parallelism,
  tagLength,
  memory: cost.memoryKibibytes,
  passes: cost.passes,
});

const sameCost = (one: PasswordCost, other: PasswordCost): boolean =>
  one.memoryKibibytes === other.memoryKibibytes &&
  one.passes === other.passes &&
  one.parallelism === other.parallelism;

const formatPhc = ({ cost, salt, tag }: StoredHash): string =>
  `$argon2id$v=19$m=${cost.memoryKibibytes},t=${cost.passes},p=${cost.parallelism}$${toBase64(salt)}$${toBase64(tag)}`;

const parsePhc = (phc: string): StoredHash => {
  const [, memory, passes, parallelism, salt, tag] = phcPattern.exec(phc) ?? [];
  if (salt === undefined || tag === undefined) {
    throw new Error('The stored password hash is not an argon2id PHC string.');
  }
  return {
    cost: { memoryKibibytes: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

/** PHC strings use standard base64 without padding. */
const toBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Runs at most `concurrency` pieces of work at once, in the order of their arrival, and refuses when too many wait. */
const createTurns = (concurrency: number, queueLimit: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= concurrency) {
      if (waiting.length >= queueLimit) {
        throw new AppError('unavailable', 'Too many people are signing in just now.', {
          headers: { 'retry-after': '2' },
        });
      }
      // Whoever finishes hands over the turn without giving it up in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
