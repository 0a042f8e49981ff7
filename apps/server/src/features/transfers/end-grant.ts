import type { TeamId, UploadGrantId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import { changeGrant, lockGrant } from './grant-store.ts';
import { janitorQueue } from './queues.ts';
import { endOpenTransfers } from './transfer-store.ts';

/**
 * Ends a grant and its open uploads in the caller's transaction, and has a worker tell the bucket when that commits. What
 * the bucket is putting together at this moment is received all the same.
 *
 * @returns false for one that is gone, as grants are with their connection: then nothing can come by it
 */
export const endGrantIn = async (
  { clock, jobs }: Pick<TransferDeps, 'clock' | 'jobs'>,
  trx: Database,
  teamId: TeamId,
  grantId: UploadGrantId,
): Promise<boolean> => {
  const now = clock.now();
  const grant = await lockGrant(trx, teamId, grantId);
  if (grant === null) return false;
  if (grant.endedAt === null) await changeGrant(trx, teamId, grantId, { endedAt: now });
  const ended = await endOpenTransfers(trx, { teamId, grantId });
  const leftovers = await settleEnded(trx, { teamId, grantId }, ended, now);
  if (leftovers.length > 0) await jobs.enqueue(trx, janitorQueue, {});
  return true;
};
