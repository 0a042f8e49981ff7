import { AppError } from '../../kernel/app-error.ts';
import { arrivalOfSingle, mayBeOf } from './complete-uploads.ts';
import type { TransferDeps } from './deps.ts';
import { findGrant } from './grant-store.ts';
import { lookUp } from './look-up.ts';
import { openGround } from './open-ground.ts';
import type { TransferRow } from './transfer-store.ts';
import { writeReceipts } from './write-receipts.ts';

/**
 * A PUT whose time is over, and whose sender never said what came of it: Uppy's clients do not, and a page may be closed. Where
 * the connection may read, the object itself tells, and the receipt is written. Of an order, nothing comes late: what its
 * customer sent is settled when it is sent.
 *
 * @returns whether it has its receipt
 */
export const settlePut = async (
  deps: TransferDeps,
  row: TransferRow,
  signal: AbortSignal,
): Promise<boolean> => {
  const grant = await findGrant(deps.db, row.teamId, row.grantId);
  if (grant === null || grant.holder.kind !== 'team') return false;
  try {
    const { bucket } = await openGround(deps, grant);
    const sight = await lookUp(bucket, row.key, signal);
    if (sight.kind !== 'there' || !mayBeOf(row, sight)) return false;
    const arrival = arrivalOfSingle(row, {}, { etag: sight.etag, proof: 'seen' });
    return (await writeReceipts(deps, grant, [arrival])).size > 0;
  } catch (error) {
    signal.throwIfAborted();
    // Without its credentials there is nothing to look with.
    if (!(error instanceof AppError)) throw error;
    return false;
  }
};
