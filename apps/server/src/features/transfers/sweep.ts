import { AppError } from '../../kernel/app-error.ts';
import { mapAtOnce } from '../../kernel/map-at-once.ts';
import { completeMultipart } from './complete-multipart.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import { forgetLeftover } from './forget-leftover.ts';
import { findGrant } from './grant-store.ts';
import { listDueLeftovers } from './leftover-store.ts';
import { openGround } from './open-ground.ts';
import { listExpired, moveTransfer, type TransferRow } from './transfer-store.ts';
import { writeReceipts } from './write-receipts.ts';

/** Of one round; what is left is the next one's. */
const mostOfEach = 1000;
const atOnce = 8;

/** One round of the janitor: first the ledger, then the buckets. */
export const sweep = async (
  deps: TransferDeps,
  signal: AbortSignal,
): Promise<{ expired: number; forgotten: number }> => {
  const { db, clock, log } = deps;
  const due = await listExpired(db, clock.now(), mostOfEach);
  const ended = await mapAtOnce(due, atOnce, (row) =>
    row.state === 'completing' ? settleCompletion(deps, row, signal) : expire(deps, row),
  );
  const leftovers = await listDueLeftovers(db, clock.now(), mostOfEach);
  const forgotten = await mapAtOnce(leftovers, atOnce, (leftover) => forgetLeftover(deps, leftover, signal));
  const counts = {
    expired: ended.filter(Boolean).length,
    forgotten: forgotten.filter(Boolean).length,
  };
  if (due.length + leftovers.length > 0) log.info(counts, 'the janitor of uploads went round');
  return counts;
};

const expire = ({ db, clock }: TransferDeps, row: TransferRow): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    if (!(await moveTransfer(trx, row, row.id, 'expire'))) return false;
    await settleEnded(trx, row, [row], clock.now());
    return true;
  });

/**
 * Somebody asked the bucket to put it together, and never learnt what came of it. It is asked again: that tells whether the
 * object is there, and writes the receipt if so. What turns out to be incomplete is open again, and ended with the next round.
 */
const settleCompletion = async (
  deps: TransferDeps,
  row: TransferRow,
  signal: AbortSignal,
): Promise<boolean> => {
  const grant = await findGrant(deps.db, row.teamId, row.grantId);
  if (grant === null) return false;
  try {
    const arrival = await completeMultipart(deps, await openGround(deps, grant), row, [], signal);
    if (arrival !== null) await writeReceipts(deps, grant, [arrival]);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    deps.log.info({ teamId: row.teamId, transferId: row.id, code: error.code }, 'An upload is not complete');
  }
  return false;
};
