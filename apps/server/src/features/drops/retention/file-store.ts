import type { TeamId, TransferId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';
import type { OrderAt } from '../ports.ts';

/** What an order has in the bucket, files that were left out of it included. Index: order_files_order. */
export const listStoredFiles = (db: Database, { teamId, orderId }: OrderAt) =>
  db
    .selectFrom('orderFiles')
    .select(['transferId', 'key'])
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('deletedAt', 'is', null)
    .execute();
export type StoredFile = Awaited<ReturnType<typeof listStoredFiles>>[number];

/** Of these objects, those that an order other than `except` still has. Index: order_files_transfer. */
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
    .where('deletedAt', 'is', null);
  const rows = await (except === null ? query : query.where('orderId', '<>', except)).execute();
  return new Set(rows.map(({ transferId }) => transferId));
};
