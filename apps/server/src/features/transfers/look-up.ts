import { AppError } from '../../kernel/app-error.ts';
import type { Bucket } from '../../platform/s3/index.ts';

/** What a look at a key found. `unknown`: the connection may not read, or the bucket did not answer. */
export type Sight =
  | { kind: 'there'; size: number; etag: string | null; storedAt: Date | null }
  | { kind: 'absent' }
  | { kind: 'unknown' };

/** Looks at an object without failing: most connections that take uploads may not read. */
export const lookUp = async (bucket: Bucket, key: string, signal: AbortSignal): Promise<Sight> => {
  try {
    const { size, etag, lastModified } = await bucket.headObject(key, { signal });
    return { kind: 'there', size, etag: etag?.replaceAll('"', '') ?? null, storedAt: lastModified };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return error.code === 'notFound' ? { kind: 'absent' } : { kind: 'unknown' };
  }
};
