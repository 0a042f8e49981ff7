import { mapAtOnce } from '../../kernel/map-at-once.ts';
import { completeMultipart } from './complete-multipart.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import { forgetLeftover } from './forget-leftover.ts';
import { findGrant } from './grant-store.ts';
import { holdingGrant } from './hold-grant.ts';
import { listDueLeftovers } from './leftover-store.ts';
import { openGround } from './open-ground.ts';
import { settlePut } from './settle-put.ts';
import { listExpired, moveTransfer, type TransferRow } from './transfer-store.ts';
import { writeReceipts } from './write-receipts.ts';

/** Of one round; what is left is the next one's. */
const mostOfEach = 1000;
const atOnce = 8;
/** How long after its time a completion may stay unsettled. */
const settleMilliseconds = 7 * 24 * 60 * 60_000;

/** One round of the janitor: first the ledger, then the buckets. */
export const sweep = async (
  deps: TransferDeps,
  signal: AbortSignal,
): Promise<{ expired: number; forgotten: number }> => {
  const { db, clock, log } = deps;
  const due = await listExpired(db, clock.now(), mostOfEach);
  const ended = await mapAtOnce(due, atOnce, async (row) => {
    if (row.state === 'completing') return settleCompletion(deps, row, signal);
    if (row.kind === 'single' && (await settlePut(deps, row, signal))) return false;
    return endWith(deps, row, 'expire');
  });
  const leftovers = await listDueLeftovers(db, clock.now(), mostOfEach);
  const forgotten = await mapAtOnce(leftovers, atOnce, (leftover) => forgetLeftover(deps, leftover, signal));
  const counts = {
    expired: ended.filter(Boolean).length,
    forgotten: forgotten.filter(Boolean).length,
  };
  if (due.length + leftovers.length > 0) log.info(counts, 'the janitor of uploads went round');
  return counts;
};

/**
 * Somebody asked the bucket to put it together, and never learnt what came of it. It is asked again: that tells whether the
 * object is there, and writes the receipt if so. What turns out to be incomplete is open again, and ended with the next round.
 * One that cannot be settled keeps no other from its turn, and is given up after a week.
 */
const settleCompletion = async (
  deps: TransferDeps,
  row: TransferRow,
  signal: AbortSignal,
): Promise<boolean> => {
  const { db, clock, log } = deps;
  const grant = await findGrant(db, row.teamId, row.grantId);
  if (grant === null) return false;
  try {
    const arrival = await completeMultipart(deps, await openGround(deps, grant), row, [], signal);
    if (arrival !== null) await writeReceipts(deps, grant, [arrival]);
    return false;
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ teamId: row.teamId, transferId: row.id, err: error }, 'A completion could not be settled');
  }
  if (row.expiresAt.getTime() + settleMilliseconds > clock.now().getTime()) return false;
  return endWith(deps, row, 'abort');
};

const endWith = (
  { db, clock }: TransferDeps,
  row: TransferRow,
  event: 'expire' | 'abort',
): Promise<boolean> =>
  holdingGrant(db, row, async (trx) => {
    if (!(await moveTransfer(trx, row, row.id, event))) return false;
    await settleEnded(trx, row, [row], clock.now());
    return true;
  });
