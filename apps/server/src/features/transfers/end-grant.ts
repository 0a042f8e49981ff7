import { transferKinds, type TeamId, type UploadGrantId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import { changeGrant, lockGrant } from './grant-store.ts';
import { janitorQueue } from './queues.ts';
import { endOpenTransfers, endTimeOfPuts } from './transfer-store.ts';

/**
 * Ends a grant and its open uploads in the caller's transaction, and has a worker tell the bucket when that commits. What
 * the bucket is putting together at this moment is received all the same.
 *
 * Of a team's grant, what has arrived by one PUT is received too, though its sender never told (Uppy's clients do not): the
 * janitor looks first. Of an order it is deleted: its customer has sent the order without it, or thrown it away.
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
  const at = { teamId, grantId };
  const isTeams = grant.holder.kind === 'team';
  const looks = isTeams && (await endTimeOfPuts(trx, at, now));
  const ended = await endOpenTransfers(trx, at, isTeams ? ['multipart'] : transferKinds);
  const leftovers = await settleEnded(trx, at, ended, now);
  if (looks || leftovers.length > 0) await jobs.enqueue(trx, janitorQueue, {});
  return true;
};
