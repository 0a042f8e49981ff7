import type { TransferId } from '@windlass/contract';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { holdingGrant } from './hold-grant.ts';
import { forgetParts } from './part-store.ts';
import { ledgerFileOf } from './presenter.ts';
import { receiveTransfers, type Arrival, type TransferRow } from './transfer-store.ts';

/** A sender's word is checked once it is likely to be true everywhere in the bucket's system. */
const reconcileAfterMilliseconds = 5 * 60_000;

/** Receipts of one grant's files, and what the grant's holder makes of them, in one transaction. */
export const writeReceipts = async (
  { db, clock, onReceived, countReceived }: TransferDeps,
  grant: Grant,
  arrivals: readonly Arrival[],
): Promise<Map<TransferId, TransferRow>> => {
  if (arrivals.length === 0) return new Map();
  const at = { teamId: grant.teamId, grantId: grant.id };
  const rows = await holdingGrant(db, at, async (trx) => {
    const now = clock.now();
    const written = await receiveTransfers(trx, at, arrivals, {
      now,
      reconcileAt: new Date(now.getTime() + reconcileAfterMilliseconds),
    });
    if (written.length === 0) return [];
    await forgetParts(
      trx,
      written.filter(({ kind }) => kind === 'multipart').map(({ id }) => id),
    );
    await onReceived[grant.holder.kind]?.(trx, written.map(ledgerFileOf), grant);
    return written;
  });
  for (const kind of ['single', 'multipart'] as const) {
    const some = rows.filter((row) => row.kind === kind);
    if (some.length > 0) {
      const bytes = some.reduce((sum, { size }) => sum + Number(size), 0);
      countReceived({ kind }, some.length, bytes);
    }
  }
  return new Map(rows.map((row) => [row.id, row]));
};
