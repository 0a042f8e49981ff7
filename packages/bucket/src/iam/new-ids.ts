import { randomBytes, randomInt } from 'node:crypto';
import type { AccessKey } from './identity-records.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const random = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** AWS tells kinds of ids by their first letters (IAM: IAM identifiers, "Unique identifiers"). */
export const newUserId = (): string => `AIDA${random(17)}`;
export const newRoleId = (): string => `AROA${random(17)}`;
export const newSessionKeyId = (): string => `ASIA${random(16)}`;
export const newSecret = (): string => randomBytes(30).toString('base64url');

/** A key that was not made before; `WLAK` tells it from an AWS key at a glance. */
export const newAccessKey = (
  now: Date,
  given: { accessKeyId?: string | undefined; secretAccessKey?: string | undefined } = {},
): AccessKey => ({
  accessKeyId: given.accessKeyId ?? `WLAK${random(16)}`,
  secretAccessKey: given.secretAccessKey ?? newSecret(),
  active: true,
  createdAt: now.toISOString(),
});
