import type { ConnectionId, TeamId } from '@windlass/contract';
import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { TransferDeps } from './deps.ts';
import { endGrantIn } from './end-grant.ts';
import { forgetLeftover } from './forget-leftover.ts';
import { goodGrantsOn } from './grant-store.ts';
import { listLeftoversOn } from './leftover-store.ts';

const atOnce = 8;

/**
 * Before a connection is deleted, and its grants and its part of the ledger with it: what is under way is ended and the
 * bucket told so, while there are still credentials to tell it with. A bucket that does not answer keeps nobody from deleting
 * its connection: its lifecycle rule has to do the rest.
 */
export const releaseConnection = async (
  deps: TransferDeps,
  teamId: TeamId,
  connectionId: ConnectionId,
  signal: AbortSignal,
): Promise<void> => {
  const { db, clock } = deps;
  for (const grantId of await goodGrantsOn(db, teamId, connectionId, clock.now())) {
    await db.transaction().execute((trx) => endGrantIn(deps, trx, teamId, grantId));
  }
  const leftovers = await listLeftoversOn(db, teamId, connectionId);
  await mapAtOnce(leftovers, atOnce, (leftover) => forgetLeftover(deps, leftover, signal));
};
