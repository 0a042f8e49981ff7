import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

interface On {
  teamId: TeamId;
  connectionId: ConnectionId;
}

/** Pages on a connection, and orders that have files there. Indexes: drops_connection, orders_connection. */
export const countOn = async (
  db: Database,
  { teamId, connectionId }: On,
): Promise<{ pages: number; orders: number }> => {
  const count = async (table: 'drops' | 'orders'): Promise<number> => {
    const found = db
      .selectFrom(table)
      .select((of) => of.fn.countAll<string>().as('count'))
      .where('teamId', '=', teamId)
      .where('connectionId', '=', connectionId);
    // Drafts go by themselves, and files that were deleted need no connection.
    const kept =
      table === 'drops'
        ? found
        : found.where('orders.state', '<>', 'draft').where('orders.filesDeletedAt', 'is', null);
    return Number((await kept.executeTakeFirstOrThrow()).count);
  };
  return { pages: await count('drops'), orders: await count('orders') };
};

/** Orders, drafts among them, with files that were not deleted yet. Indexes: orders_connection, order_files_order. */
export const countFilesOn = async (db: Database, { teamId, connectionId }: On): Promise<number> => {
  const { count } = await db
    .selectFrom('orders')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('filesDeletedAt', 'is', null)
    .where((of) =>
      of.exists(
        of
          .selectFrom('orderFiles')
          .select('orderFiles.id')
          .whereRef('orderFiles.teamId', '=', 'orders.teamId')
          .whereRef('orderFiles.orderId', '=', 'orders.id')
          .where('orderFiles.deletedAt', 'is', null),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** With their forms and orders. Index: drops_connection. */
export const deleteDropsOn = async (db: Database, { teamId, connectionId }: On): Promise<void> => {
  await db
    .deleteFrom('drops')
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .execute();
};
