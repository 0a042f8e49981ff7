import type { Bucket } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import { forgetObject, isObjectLeftover } from './forget-object.ts';
import { deleteLeftover, liveUploadIds, postponeLeftover, type Leftover } from './leftover-store.ts';

const firstWaitMilliseconds = 10 * 60_000;
const longestWaitMilliseconds = 24 * 60 * 60_000;
/** About a week; then the bucket's lifecycle rule has to do it. */
const mostTries = 14;
const callMilliseconds = 15_000;

type Deps = Pick<TransferDeps, 'db' | 'clock' | 'log' | 'openBucket'>;

/**
 * Has a bucket forget what is left of an upload. Where it does not, a later round of the janitor tries again.
 *
 * @returns whether it has
 */
export const forgetLeftover = async (
  deps: Deps,
  leftover: Leftover,
  signal: AbortSignal,
): Promise<boolean> => {
  const { db, clock, log } = deps;
  const { teamId, connectionId, tries } = leftover;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(callMilliseconds)]);
  try {
    if (isObjectLeftover(leftover)) return await forgetObject(deps, leftover, bounded);
    await abortInBucket(deps, leftover, bounded);
  } catch (error) {
    signal.throwIfAborted();
    if (tries + 1 >= mostTries) {
      log.warn(
        { teamId, connectionId, err: error },
        'What is left of an upload is left to the lifecycle rule of its bucket',
      );
      await deleteLeftover(db, leftover);
    } else {
      log.debug({ teamId, connectionId, tries, err: error }, 'A bucket did not forget an upload yet');
      const wait = Math.min(firstWaitMilliseconds * 2 ** tries, longestWaitMilliseconds);
      await postponeLeftover(db, leftover, new Date(clock.now().getTime() + wait));
    }
    return false;
  }
  await deleteLeftover(db, leftover);
  return true;
};

const abortInBucket = async (deps: Deps, leftover: Leftover, signal: AbortSignal): Promise<void> => {
  const { teamId, connectionId, key, uploadId } = leftover;
  const bucket = await deps.openBucket(teamId, connectionId);
  const ids = uploadId === null ? await unknownUploads(deps, bucket, leftover, signal) : [uploadId];
  for (const id of ids) await bucket.uploads.abortUpload(key, id, { signal });
};

/** What the bucket has under exactly this key, but for uploads that are known, or so new that their id may be on its way. */
const unknownUploads = async (
  { db, clock }: Deps,
  bucket: Bucket,
  leftover: Leftover,
  signal: AbortSignal,
): Promise<string[]> => {
  const live = await liveUploadIds(db, leftover);
  const begunBefore = clock.now().getTime() - firstWaitMilliseconds;
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof bucket.uploads.listUploads>> = await bucket.uploads.listUploads({
      prefix: leftover.key,
      signal,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { key, uploadId, initiatedAt } of page.uploads) {
      const isOld = initiatedAt !== null && initiatedAt.getTime() <= begunBefore;
      if (key === leftover.key && isOld && !live.has(uploadId)) found.push(uploadId);
    }
    cursor = page.next;
  } while (cursor !== null);
  return found;
};
