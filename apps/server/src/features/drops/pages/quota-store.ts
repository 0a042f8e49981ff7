import type { DropId, TeamId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import { lapsedBefore } from '../../transfers/index.ts';
import type { DropRow, OrderAt } from '../ports.ts';

/** The page of an order. Indexes: orders_team_id_key, drops_team_id_key. */
export const findDropOfOrder = async (db: Database, { teamId, orderId }: OrderAt): Promise<DropRow | null> =>
  (await db
    .selectFrom('orders')
    .innerJoin('drops', (join) =>
      join.onRef('drops.teamId', '=', 'orders.teamId').onRef('drops.id', '=', 'orders.dropId'),
    )
    .selectAll('drops')
    .where('orders.teamId', '=', teamId)
    .where('orders.id', '=', orderId)
    .executeTakeFirst()) ?? null;

/**
 * Bytes that a page's drafts may still send, since they have tickets for them, in whichever order they are. A grant counts what
 * is under way and what was received; the latter stands in the page's days already. A ticket of which nobody asked for a URL for
 * a while promises nothing: it is judged again when somebody does. Indexes: orders_drop, order_files_order, transfers_grant.
 */
export const bytesUnderWay = async (
  db: Database,
  { teamId, dropId }: { teamId: TeamId; dropId: DropId },
  now: Date,
): Promise<number> => {
  const { rows } = await sql<{ bytes: string }>`
    select coalesce(sum(upload_grants.bytes - coalesce(received.bytes, 0) - coalesce(lapsed.bytes, 0)), 0) as bytes
    from orders
    join upload_grants on upload_grants.team_id = orders.team_id and upload_grants.id = orders.grant_id
    left join lateral (
      select sum(order_files.size) as bytes from order_files
      where order_files.team_id = orders.team_id and order_files.order_id = orders.id
    ) as received on true
    left join lateral (
      select sum(transfers.size) as bytes from transfers
      where transfers.team_id = upload_grants.team_id and transfers.grant_id = upload_grants.id
        and transfers.state = 'open' and transfers.urls_until <= ${lapsedBefore(now)}
    ) as lapsed on true
    where orders.team_id = ${teamId} and orders.drop_id = ${dropId} and orders.state = 'draft'`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
};
