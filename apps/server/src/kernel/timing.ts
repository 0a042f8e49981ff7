import { setTimeout as delay } from 'node:timers/promises';

/** Waits. Rejects with an AbortError as soon as `signal` fires. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, signal === undefined ? {} : { signal });

/** What withTimeout rejects with when time is up. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Runs `work` with a signal that fires after so many milliseconds, or when `outer` does. Rejects at that moment even
 * when `work` does not listen to the signal; its late result is dropped.
 *
 * @example await withTimeout(2_000, 'the database', (signal) => ping(signal))
 */
export const withTimeout = async <Result>(
  milliseconds: number,
  what: string,
  work: (signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): Promise<Result> => {
  outer?.throwIfAborted();
  const stop = new AbortController();
  const { promise: cut, reject } = Promise.withResolvers<never>();
  const fail = (reason: unknown): void => {
    reject(reason);
    stop.abort(reason);
  };
  const timer = setTimeout(
    () => fail(new TimeoutError(`${what} did not answer within ${milliseconds} ms`)),
    milliseconds,
  );
  const onOuter = (): void => fail(outer?.reason);
  outer?.addEventListener('abort', onOuter, { once: true });
  try {
    return await Promise.race([work(stop.signal), cut]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuter);
  }
};
