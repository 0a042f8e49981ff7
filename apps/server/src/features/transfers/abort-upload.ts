import type { TeamId, TransferId, UploadGrantId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import { forgetLeftover } from './forget-leftover.ts';
import { holdingGrant } from './hold-grant.ts';
import { missingUpload } from './refusals.ts';
import { lockTransfer, moveTransfer } from './transfer-store.ts';

/**
 * Cancels an upload. The ledger says so at once; the bucket forgets what has come now if it answers, else with the janitor. A PUT
 * whose URL is still good counts until that has run out, and what it brings is deleted then.
 *
 * @throws AppError notFound; uploadEnded for one that was received; conflict while the bucket puts it together
 */
export const abortUpload = async (
  deps: TransferDeps,
  at: { teamId: TeamId; grantId: UploadGrantId; id: TransferId },
  signal: AbortSignal,
): Promise<void> => {
  const { db, clock } = deps;
  const leftovers = await holdingGrant(db, at, async (trx) => {
    const row = await lockTransfer(trx, at, at.id);
    if (row === null) throw missingUpload();
    switch (row.state) {
      case 'received':
        throw new AppError('uploadEnded', 'It was received: delete the object if it is not wanted.');
      case 'completing':
        throw new AppError('conflict', 'The bucket is putting it together. Ask again what came of it.');
      case 'aborted':
      case 'expired':
      case 'missing':
        return [];
      case 'open':
        await moveTransfer(trx, row, row.id, 'abort');
        return settleEnded(trx, row, [row], clock.now());
    }
  });
  for (const leftover of leftovers) await forgetLeftover(deps, leftover, signal);
};
