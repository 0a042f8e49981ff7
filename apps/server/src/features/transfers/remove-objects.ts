import { AppError } from '../../kernel/app-error.ts';
import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import { isOwnObject, type ExpectedObject } from './is-own-object.ts';
import type { LedgerFile } from './ledger-file.ts';
import { isDenied, lookUp } from './look-up.ts';

/** An object that is to go, by what its receipt says of it. */
export interface RemovableObject extends ExpectedObject {
  /** Below the connection's prefix. */
  key: string;
  proof: NonNullable<LedgerFile['proof']>;
}

/**
 * What became of one. `absent`: it is gone already. `notOurs`: another object is there, and it stays. `refused`: the
 * credentials may not delete it, or may not look at what nobody but its sender vouches for; another try would be answered
 * alike. `failed`: the bucket did not answer, and may be asked again.
 */
export const removalOutcomes = ['deleted', 'absent', 'notOurs', 'refused', 'failed'] as const;
export type RemovalOutcome = (typeof removalOutcomes)[number];

export interface Removal {
  key: string;
  outcome: RemovalOutcome;
  /** What the bucket said, where it refused or failed. */
  error: AppError | null;
}

/** Two requests each; S3 takes far more, a small server of somebody's own does not. */
const removedAtOnce = 8;

/**
 * Deletes objects, if they are ours. Each is looked at first. Where the connection may delete and not look, a receipt that
 * Windlass has from the bucket itself is enough, and a sender's word is not.
 *
 * @returns what became of each, in their order
 * @throws whatever `signal` was aborted with
 */
export const removeOwnObjects = (
  bucket: Pick<Bucket, 'headObject' | 'deleteObject'>,
  objects: readonly RemovableObject[],
  signal: AbortSignal,
): Promise<Removal[]> =>
  mapAtOnce(objects, removedAtOnce, async (object) => {
    const { key } = object;
    try {
      return { key, outcome: await removeOne(bucket, object, signal), error: null };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      return { key, outcome: isDenied(error) ? 'refused' : 'failed', error };
    }
  });

const removeOne = async (
  bucket: Pick<Bucket, 'headObject' | 'deleteObject'>,
  object: RemovableObject,
  signal: AbortSignal,
): Promise<RemovalOutcome> => {
  const { key, proof } = object;
  const sight = await lookUp(bucket, key, signal);
  if (sight.kind === 'absent') return 'absent';
  if (sight.kind === 'there' && !isOwnObject(sight, object)) return 'notOurs';
  if (sight.kind === 'unknown' && (!sight.denied || proof === 'reported')) throw sight.error;
  await bucket.deleteObject(key, { signal });
  return 'deleted';
};
