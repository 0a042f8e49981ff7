import { mapAtOnce } from '../../../kernel/map-at-once.ts';
import { bucketFailureOf, type Bucket } from '../../../platform/s3/index.ts';

/** Requests that run at once: S3 takes far more, a small server of somebody's own does not. */
const deletedAtOnce = 8;

/** How far a deletion came, and what ended it. */
export interface Deletion {
  /** Keys that are not in the bucket any more. */
  gone: string[];
  /** `denied`: the credentials may not, and another try would be answered alike. Null where all are gone. */
  trouble: { denied: boolean; error: unknown } | null;
}

/** Deletes objects; one that is not there is gone too. The first failure ends it. @throws whatever `signal` was aborted with */
export const deleteObjects = async (
  bucket: Pick<Bucket, 'deleteObject'>,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Deletion> => {
  const gone: string[] = [];
  try {
    await mapAtOnce(keys, deletedAtOnce, async (key) => {
      await bucket.deleteObject(key, { signal });
      gone.push(key);
    });
    return { gone, trouble: null };
  } catch (error) {
    signal.throwIfAborted();
    return { gone, trouble: { denied: bucketFailureOf(error)?.kind === 'denied', error } };
  }
};
