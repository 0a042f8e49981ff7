import { requestTimeoutMilliseconds } from './sdk-client-config.ts';

/** One call to a bucket, retries included: it ends in time, and what it throws is translated. */
export type BucketCall = <T>(
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
  milliseconds?: number,
) => Promise<T>;

/** Makes calls whose failures `translate` puts into words; the reason of an aborted `signal` is thrown as it is. */
export const createBucketCall =
  (translate: (error: unknown) => unknown): BucketCall =>
  async (signal, run, milliseconds = requestTimeoutMilliseconds) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    try {
      return await run(bounded);
    } catch (error) {
      // Whoever called asked for the end; that is no failure of the bucket.
      signal.throwIfAborted();
      throw translate(error);
    }
  };

/** The HTTP status that an error of the SDK tells of. */
export const statusOf = (error: unknown): unknown => metadataOf(error)['httpStatusCode'];

/** Whether the SDK sent the call more than once, so that an earlier try may have done what this one could not do again. */
export const wasSentAgain = (error: unknown): boolean => Number(metadataOf(error)['attempts'] ?? 1) > 1;

const metadataOf = (error: unknown): Record<string, unknown> =>
  error instanceof Error &&
  '$metadata' in error &&
  typeof error.$metadata === 'object' &&
  error.$metadata !== null
    ? { ...error.$metadata }
    : {};
