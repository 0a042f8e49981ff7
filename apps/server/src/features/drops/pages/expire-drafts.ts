import type { DropsDeps } from '../deps.ts';
import { throwAwayDraft } from './close-order.ts';
import { listExpiredDrafts } from './order-store.ts';

const batchSize = 50;

/**
 * Throws away drafts that were not sent in time, with what was uploaded for them where the connection may delete; a key
 * that only puts leaves the objects, which no order names. One that cannot be thrown away keeps no other from its turn.
 *
 * @returns how many
 */
export const createExpireDrafts = (
  deps: Pick<DropsDeps, 'db' | 'transfers' | 'jobs' | 'clock' | 'log'>,
): ((signal: AbortSignal) => Promise<number>) => {
  const { db, clock, log } = deps;

  return async (signal) => {
    let count = 0;
    // Those are the first of every batch that follows.
    let failed = 0;
    for (;;) {
      const drafts = await listExpiredDrafts(db, clock.now(), { limit: batchSize, skip: failed });
      for (const draft of drafts) {
        signal.throwIfAborted();
        try {
          await db.transaction().execute((trx) => throwAwayDraft(deps, trx, draft));
          count += 1;
        } catch (error) {
          failed += 1;
          log.error(
            { teamId: draft.teamId, orderId: draft.id, err: error },
            'A draft could not be thrown away',
          );
        }
      }
      if (drafts.length < batchSize) return count;
    }
  };
};
