import { S3Error } from '../s3-error.ts';
import type { BucketState } from './bucket-state.ts';

/** Through it goes every change on disk, so that the end of the store and of a bucket know what is under way. */
export interface CommitGate {
  /** Throws NoSuchBucket for a deleted bucket, ServiceUnavailable once the store is closed. */
  run<Result>(bucket: BucketState, work: () => Promise<Result>): Promise<Result>;
  /** Lets no more in and resolves when the last one is through. */
  close(): Promise<void>;
}

export const createCommitGate = (): CommitGate => {
  const underway = new Set<Promise<unknown>>();
  let closed = false;

  const run = async <Result>(bucket: BucketState, work: () => Promise<Result>): Promise<Result> => {
    if (closed) throw new S3Error('ServiceUnavailable', 'The store is closed.');
    if (bucket.deleted) throw new S3Error('NoSuchBucket');
    bucket.commits += 1;
    const commit = work();
    underway.add(commit);
    try {
      return await commit;
    } finally {
      underway.delete(commit);
      bucket.commits -= 1;
    }
  };

  const close = async (): Promise<void> => {
    closed = true;
    await Promise.allSettled(underway);
  };

  return { run, close };
};
