import { createHash } from 'node:crypto';
import type { Origin, OriginFacts } from './origin.ts';

const hexOf = (parts: readonly unknown[], digits: number): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, digits);

/** Names an object, whatever is in it now: 32 hex digits. */
export const placeOf = (origin: Pick<Origin, 'id'>, key: string): string => hexOf([origin.id, key], 32);

/**
 * Names what is in it: equal for equal ETags or, where the origin gives none, for equal date and size (RFC 9110 8.8:
 * either is a validator). Null where the origin says too little to tell two versions apart. 16 hex digits.
 */
export const versionOf = ({ etag, lastModified, size }: OriginFacts): string | null => {
  if (etag !== null) return hexOf([etag], 16);
  if (lastModified === null || size === null) return null;
  return hexOf([lastModified.getTime(), size], 16);
};
