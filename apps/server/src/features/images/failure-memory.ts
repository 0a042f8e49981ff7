import type { Clock } from '../../kernel/clock.ts';
import { createNegativeCache } from './cache/negative-cache.ts';
import type { Refusal } from './refusal.ts';

/** Failures that will be the same a moment later: an origin without the object, a file that is no picture. */
export interface FailureMemory {
  remember(name: string, refusal: Refusal, seconds: number): void;
  /** `purged` tells of a moment (milliseconds of the epoch) whether a purge came since: that ends the memory too. */
  recall(name: string, purged: (at: number) => boolean): Refusal | undefined;
}

const maxEntries = 10_000;

export const createFailureMemory = (clock: Clock): FailureMemory => {
  const failures = createNegativeCache<{ refusal: Refusal; at: number }>({ maxEntries, clock });
  return {
    // The operator is told once, by the first who met it.
    remember: (name, refusal, seconds) =>
      failures.set(name, { refusal: refusal.withoutCause(), at: clock.now().getTime() }, seconds * 1000),
    recall: (name, purged) => {
      const known = failures.get(name);
      return known === undefined || purged(known.at) ? undefined : known.refusal;
    },
  };
};
