/** What is known of an original, and how long its source trusts that. Times in milliseconds of the epoch. */
export interface FreshnessFacts {
  /** When the origin last told of it; null where it never has. */
  checkedAt: number | null;
  /** Whether it was purged since then. */
  purged: boolean;
  now: number;
  revalidateSeconds: number;
  staleSeconds: number;
}

/**
 * - `fresh`: use what is known.
 * - `stale`: use what is known, and ask the origin behind the answer (RFC 5861 3).
 * - `expired`: ask first. What was known no longer counts, whatever the origin says.
 * - `unknown`: nothing is known.
 */
export const freshnesses = ['fresh', 'stale', 'expired', 'unknown'] as const;
export type Freshness = (typeof freshnesses)[number];

/**
 * Decides by time alone. The `stale` time covers an origin that is down, but not one that answers that the original is gone:
 * then nothing is known of it any more, and the next request is answered 404.
 */
export const freshness = (facts: FreshnessFacts): Freshness => {
  const { checkedAt, purged, now, revalidateSeconds, staleSeconds } = facts;
  if (checkedAt === null) return 'unknown';
  if (purged) return 'expired';
  const ageSeconds = (now - checkedAt) / 1000;
  if (ageSeconds < revalidateSeconds) return 'fresh';
  return ageSeconds < revalidateSeconds + staleSeconds ? 'stale' : 'expired';
};
