import type { TeamId, TransferId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';
import type { OrderAt } from '../ports.ts';

/**
 * What an order has in the bucket, files that were left out of it included, with what the ledger knows of them. Indexes:
 * order_files_order, transfers_pkey.
 */
export const listStoredFiles = (db: Database, { teamId, orderId }: OrderAt) =>
  db
    .selectFrom('orderFiles')
    .leftJoin('transfers', (join) =>
      join
        .onRef('transfers.teamId', '=', 'orderFiles.teamId')
        .onRef('transfers.id', '=', 'orderFiles.transferId'),
    )
    .select([
      'orderFiles.transferId',
      'orderFiles.key',
      'orderFiles.size',
      'orderFiles.leftOutAt',
      'transfers.proof',
    ])
    .select((of) => [
      of.fn.coalesce('transfers.etag', 'orderFiles.etag').as('etag'),
      // Without its ticket, no earlier moment is known to be ours.
      of.fn.coalesce('transfers.createdAt', 'orderFiles.receivedAt').as('ticketAt'),
    ])
    .where('orderFiles.teamId', '=', teamId)
    .where('orderFiles.orderId', '=', orderId)
    .where('orderFiles.deletedAt', 'is', null)
    .execute();
export type StoredFile = Awaited<ReturnType<typeof listStoredFiles>>[number];

/** Of these objects, those that an order other than `except` still has; what was left out of one is none that it needs. Index: order_files_transfer. */
export const listNeeded = async (
  db: Database,
  teamId: TeamId,
  transferIds: readonly TransferId[],
  except: OrderAt['orderId'] | null,
): Promise<Set<TransferId>> => {
  if (transferIds.length === 0) return new Set();
  const query = db
    .selectFrom('orderFiles')
    .select('transferId')
    .distinct()
    .where('teamId', '=', teamId)
    .where('transferId', 'in', transferIds)
    .where('leftOutAt', 'is', null)
    .where('deletedAt', 'is', null);
  const rows = await (except === null ? query : query.where('orderId', '<>', except)).execute();
  return new Set(rows.map(({ transferId }) => transferId));
};
