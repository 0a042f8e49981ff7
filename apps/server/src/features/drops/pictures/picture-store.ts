import type { OrderId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';

/**
 * What pictures of an order are made with: its page's key, and the connection that its files are on. By the id alone, as a URL
 * names it: whoever asks has proven nothing yet, and the team is what is found. Null where order or connection is gone.
 * Indexes: orders_pkey, drops_team_id_key, connections_team_id_key.
 */
export const findPictured = async (db: Database, orderId: OrderId) =>
  (await db
    .selectFrom('orders')
    .innerJoin('drops', (join) =>
      join.onRef('drops.teamId', '=', 'orders.teamId').onRef('drops.id', '=', 'orders.dropId'),
    )
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.teamId', '=', 'orders.teamId')
        .onRef('connections.id', '=', 'orders.connectionId'),
    )
    .select(['orders.id', 'orders.teamId', 'orders.dropId', 'orders.filesDeletedAt', 'orders.retentionHow'])
    .select('drops.pageKeySealed')
    .select(['connections.id as connectionId', 'connections.name', 'connections.lastCheck'])
    .select(['connections.endpoint', 'connections.bucket', 'connections.prefix', 'connections.revision'])
    .where('orders.id', '=', orderId)
    .executeTakeFirst()) ?? null;
