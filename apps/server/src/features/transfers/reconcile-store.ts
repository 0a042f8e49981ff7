import type { TransferId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { statesBefore, transferMoves } from './transfer-states.ts';
import type { TransferAt, TransferRow } from './transfer-store.ts';

/** Over all teams, for the look-up. Index: transfers_reconcile. */
export const listReported = (db: Database, now: Date, limit: number): Promise<TransferRow[]> =>
  db
    .selectFrom('transfers')
    .selectAll()
    .where('reconcileAt', '<=', now)
    .orderBy('reconcileAt')
    .limit(limit)
    .execute();

/** Receipts of a grant that are only its sender's word. Index: transfers_grant. */
export const listReportedOf = (db: Database, { teamId, grantId }: TransferAt): Promise<TransferRow[]> =>
  db
    .selectFrom('transfers')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('proof', '=', 'reported')
    .orderBy('id')
    .execute();

/** Takes back receipts that are a sender's word still. @returns what was taken back, as it is now */
export const takeBack = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  ids: readonly TransferId[],
): Promise<TransferRow[]> =>
  ids.length === 0
    ? []
    : db
        .updateTable('transfers')
        .set({ state: transferMoves.received.miss, proof: null, receivedAt: null, reconcileAt: null })
        .where('id', 'in', ids)
        .where('teamId', '=', teamId)
        .where('grantId', '=', grantId)
        .where('state', 'in', statesBefore('miss'))
        .where('proof', '=', 'reported')
        .returningAll()
        .execute();

/** One statement for all of them; the bucket's own ETag takes the place of the reported one. */
export const writeSeen = async (
  db: Database,
  seen: readonly { id: TransferId; etag: string | null }[],
): Promise<void> => {
  if (seen.length === 0) return;
  const found = sql<{ id: string; etag: string | null }>`unnest(
    ${seen.map(({ id }) => id)}::text[], ${seen.map(({ etag }) => etag)}::text[]
  )`.as<'found'>(sql`found(id, etag)`);
  await db
    .updateTable('transfers')
    .from(found)
    .set((of) => ({
      proof: 'seen' as const,
      etag: of.fn.coalesce('found.etag', 'transfers.etag'),
      reconcileAt: null,
    }))
    .whereRef('transfers.id', '=', 'found.id')
    .where('transfers.proof', '=', 'reported')
    .execute();
};

export const stopLooking = async (db: Database, ids: readonly TransferId[]): Promise<void> => {
  if (ids.length === 0) return;
  await db.updateTable('transfers').set({ reconcileAt: null }).where('id', 'in', ids).execute();
};
