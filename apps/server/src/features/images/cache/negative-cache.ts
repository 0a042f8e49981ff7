import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../kernel/clock.ts';

/** Remembers for a while what went wrong, so that it is not tried again at once. */
export interface NegativeCache<Failure extends object> {
  get(key: string): Failure | undefined;
  set(key: string, failure: Failure, ttlMilliseconds: number): void;
  delete(key: string): void;
  clear(): void;
  readonly size: number;
}

/** @example createNegativeCache<AppError>({ maxEntries: 10_000, clock }).set(url, new AppError('notFound', '…'), 10_000) */
export const createNegativeCache = <Failure extends object>({
  maxEntries,
  clock,
}: {
  maxEntries: number;
  clock: Clock;
}): NegativeCache<Failure> => {
  const failures = new LRUCache<string, Failure>({
    max: maxEntries,
    // Each entry brings its own time; without one here the cache would keep no times at all.
    ttl: 1,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  });
  return {
    get: (key) => failures.get(key),
    set: (key, failure, ttlMilliseconds) => void failures.set(key, failure, { ttl: ttlMilliseconds }),
    delete: (key) => void failures.delete(key),
    clear: () => failures.clear(),
    get size() {
      return failures.size;
    },
  };
};
