import { timingSafeEqual } from 'node:crypto';

/** In constant time, so that an answer's delay says nothing about how much of a guess was right. */
export function sameSignature(expected: string, given: string): boolean {
  const left = Buffer.from(expected, 'latin1');
  const right = Buffer.from(given, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}
