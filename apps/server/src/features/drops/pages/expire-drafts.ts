import type { Bucket } from '../../../platform/s3/index.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { deleteOrder, listExpiredDrafts, listOrderFiles, lockOrder } from './order-store.ts';

const batchSize = 50;
/** For the files of one draft. What is left over is for the bucket's own lifecycle rules. */
const cleanMilliseconds = 20_000;

/**
 * Throws away drafts that were not sent in time, with what was uploaded for them where the connection may delete; a key
 * that only puts leaves the objects, which no order names.
 *
 * @returns how many
 */
export const createExpireDrafts = (
  deps: Pick<DropsDeps, 'db' | 'connections' | 'transfers' | 'clock' | 'log'>,
): ((signal: AbortSignal) => Promise<number>) => {
  const { db, connections, transfers, clock, log } = deps;

  const expire = async (draft: OrderRow, signal: AbortSignal): Promise<void> => {
    const { teamId, grantId, connectionId } = draft;
    const at = { teamId, orderId: draft.id };
    // Before its files are looked for: nothing may come after.
    await db.transaction().execute(async (trx) => {
      if (grantId !== null) await transfers.endGrant(trx, teamId, grantId);
    });
    const files = await listOrderFiles(db, at);
    if (files.length > 0 && connectionId !== null) {
      const keys = files.map(({ key }) => key);
      const within = AbortSignal.any([signal, AbortSignal.timeout(cleanMilliseconds)]);
      try {
        await deleteAll(await connections.openBucket(teamId, connectionId), keys, within);
      } catch (error) {
        signal.throwIfAborted();
        // The bucket's owner may not let us, or it is away: a draft is no reason to try for ever.
        log.info({ ...at, files: keys.length, err: error }, 'Files of a draft were left in the bucket');
      }
    }
    await db.transaction().execute(async (trx) => {
      const still = await lockOrder(trx, at);
      if (still?.state === 'draft') await deleteOrder(trx, at);
    });
  };

  return async (signal) => {
    let count = 0;
    for (;;) {
      const drafts = await listExpiredDrafts(db, clock.now(), batchSize);
      for (const draft of drafts) await expire(draft, signal);
      count += drafts.length;
      if (drafts.length < batchSize) return count;
    }
  };
};

/** One after another: the first refusal ends it, since the others would meet the same. */
const deleteAll = async (
  bucket: Pick<Bucket, 'deleteObject'>,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<void> => {
  for (const key of keys) await bucket.deleteObject(key, { signal });
};
