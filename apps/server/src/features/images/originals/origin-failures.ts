import { AppError } from '../../../kernel/app-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { TimeoutError, withTimeout } from '../../../kernel/timing.ts';
import { createNegativeCache } from '../cache/negative-cache.ts';

/** Whether a purge of an original came after this moment, milliseconds of the epoch. */
export type PurgedSince = (at: number) => boolean;

/** Calls to origins, each with an end; their failures are remembered for a moment, so that nobody asks again at once. */
export interface OriginFailures {
  /**
   * @param purgedSince whether a purge came after a moment, milliseconds of the epoch: that ends what was remembered before
   * @throws the AppError that is remembered under `key`
   */
  throwRemembered(key: string, purgedSince: PurgedSince | undefined): void;
  /**
   * Runs `work` and gives what it gives.
   *
   * @throws AppError originTimeout after `milliseconds`; the signal's reason; what `work` fails with
   */
  ask<T>(
    key: string,
    milliseconds: number,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  forget(key: string): void;
}

const notFoundMilliseconds = 10_000;
const failedMilliseconds = 2000;
const maxFailures = 20_000;

export const createOriginFailures = (clock: Clock): OriginFailures => {
  const failures = createNegativeCache<{ error: AppError; at: number }>({ maxEntries: maxFailures, clock });
  return {
    throwRemembered: (key, purgedSince) => {
      const failure = failures.get(key);
      if (failure !== undefined && purgedSince?.(failure.at) !== true) throw failure.error;
    },
    ask: async (key, milliseconds, signal, work) => {
      // A purge that comes while the origin is asked counts for its answer too.
      const at = clock.now().getTime();
      try {
        return await withTimeout(milliseconds, 'the origin', work, signal);
      } catch (error) {
        // Nobody waits any more: that says nothing of the origin.
        signal.throwIfAborted();
        const failure = failureOf(error);
        if (failure === null) throw error;
        const isMissing = failure.code === 'notFound';
        failures.set(key, { error: failure, at }, isMissing ? notFoundMilliseconds : failedMilliseconds);
        throw failure;
      }
    },
    forget: (key) => failures.delete(key),
  };
};

/** An origin's failure, in the words of the catalogue; null for what says nothing of the origin. */
const failureOf = (error: unknown): AppError | null => {
  if (error instanceof TimeoutError) {
    return new AppError('originTimeout', 'The original did not come in time.', { cause: error });
  }
  return error instanceof AppError && error.code !== 'unavailable' ? error : null;
};
