import { AppError } from '../../kernel/app-error.ts';
import { bucketFailureOf, type Bucket } from '../../platform/s3/index.ts';
import type { ObjectFacts } from './is-own-object.ts';

/** What a look at a key found. `unknown`: the connection may not read (`denied`), or the bucket did not answer. */
export type Sight =
  | ({ kind: 'there' } & ObjectFacts)
  | { kind: 'absent' }
  | { kind: 'unknown'; denied: boolean; error: AppError };

/** Looks at an object without failing: most connections that take uploads may not read. */
export const lookUp = async (
  bucket: Pick<Bucket, 'headObject'>,
  key: string,
  signal: AbortSignal,
): Promise<Sight> => {
  try {
    const { size, etag, lastModified } = await bucket.headObject(key, { signal });
    return { kind: 'there', size, etag: etag?.replaceAll('"', '') ?? null, storedAt: lastModified };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return error.code === 'notFound'
      ? { kind: 'absent' }
      : { kind: 'unknown', denied: isDenied(error), error };
  }
};

/** The credentials may not: another try would be answered alike. */
export const isDenied = (error: unknown): boolean => bucketFailureOf(error)?.kind === 'denied';
