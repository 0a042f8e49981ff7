import type { Answers, OrderState, TeamId, TransferId, UserId } from '@windlass/contract';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';
import { dayOf } from '../drop-store.ts';
import type { DropRow, OrderAt, OrderFileRow, OrderRow } from '../ports.ts';

/** The next number of a team's year; it is given for good, whatever becomes of the order. Index: order_counters_pkey. */
export const nextOrderCount = async (db: Database, teamId: TeamId, year: number): Promise<number> => {
  const { last } = await db
    .insertInto('orderCounters')
    .values({ teamId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['teamId', 'year']).doUpdateSet((of) => ({ last: of('orderCounters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
};

/** The order as it was inserted, with the table's own defaults. */
export const insertOrder = (db: Database, row: Insertable<Tables['orders']>): Promise<OrderRow> =>
  db.insertInto('orders').values(row).returningAll().executeTakeFirstOrThrow();

/** By what is kept of its token. Index: orders_token_key. */
export const findOrderByToken = async (db: Database, tokenHash: string): Promise<OrderRow | null> =>
  (await db.selectFrom('orders').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst()) ?? null;

/** By what is kept of its status link. Index: orders_status_token_key. */
export const findOrderByStatus = async (db: Database, tokenHash: string): Promise<OrderRow | null> =>
  (await db.selectFrom('orders').selectAll().where('statusTokenHash', '=', tokenHash).executeTakeFirst()) ??
  null;

const one = (db: Database, { teamId, orderId }: OrderAt) =>
  db.selectFrom('orders').selectAll().where('teamId', '=', teamId).where('id', '=', orderId);

/** Index: orders_team_id_key. */
export const findOrder = async (db: Database, at: OrderAt): Promise<OrderRow | null> =>
  (await one(db, at).executeTakeFirst()) ?? null;

/** Keeps everybody else from changing the order until the transaction ends. */
export const lockOrder = async (db: Database, at: OrderAt): Promise<OrderRow | null> =>
  (await one(db, at).forUpdate().executeTakeFirst()) ?? null;

export const changeOrder = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  change: Omit<Updateable<Tables['orders']>, 'id' | 'teamId' | 'search'>,
): Promise<void> => {
  await db.updateTable('orders').set(change).where('teamId', '=', teamId).where('id', '=', orderId).execute();
};

/** Makes an order findable by these words (search-words.ts). */
export const setSearchWords = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  words: readonly string[],
): Promise<void> => {
  await db
    .updateTable('orders')
    .set({ search: sql<string>`array_to_tsvector(${[...words]}::text[])` })
    .where('teamId', '=', teamId)
    .where('id', '=', orderId)
    .execute();
};

export const deleteOrder = async (db: Database, { teamId, orderId }: OrderAt): Promise<void> => {
  await db.deleteFrom('orders').where('teamId', '=', teamId).where('id', '=', orderId).execute();
};

/** Drafts whose time is over. Index: orders_expiry. */
export const listExpiredDrafts = (
  db: Database,
  now: Date,
  { limit, skip }: { limit: number; skip: number },
): Promise<OrderRow[]> =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('expiresAt', '<=', now)
    .orderBy('expiresAt')
    .orderBy('id')
    .limit(limit)
    .offset(skip)
    .execute();

/** Files of the order, in its order; those that it was sent without are left away. Index: order_files_order. */
export const listOrderFiles = (db: Database, { teamId, orderId }: OrderAt): Promise<OrderFileRow[]> =>
  db
    .selectFrom('orderFiles')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('leftOutAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();

export const insertOrderFiles = async (
  db: Database,
  rows: readonly Insertable<Tables['orderFiles']>[],
): Promise<void> => {
  if (rows.length > 0) await db.insertInto('orderFiles').values(rows).execute();
};

/** Takes files out of an order. Index: order_files_transfer_key. @returns those that it had */
export const deleteOrderFiles = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  transferIds: readonly TransferId[],
): Promise<Pick<OrderFileRow, 'name' | 'size' | 'receivedAt'>[]> =>
  transferIds.length === 0
    ? []
    : db
        .deleteFrom('orderFiles')
        .where('teamId', '=', teamId)
        .where('orderId', '=', orderId)
        .where('transferId', 'in', transferIds)
        .returning(['name', 'size', 'receivedAt'])
        .execute();

/** Puts the order's files in the order in which they were sent, with what was chosen for each; the others are left out. */
export const settleOrderFiles = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  chosen: readonly { transferId: TransferId; options: Answers }[],
  now: Date,
): Promise<void> => {
  const given = JSON.stringify(
    chosen.map(({ transferId, options }, position) => ({ transfer_id: transferId, options, position })),
  );
  await sql`
    update order_files set position = given.position, options = given.options
    from jsonb_to_recordset(${given}::jsonb) as given (transfer_id text, position integer, options jsonb)
    where order_files.team_id = ${teamId} and order_files.order_id = ${orderId}
      and order_files.transfer_id = given.transfer_id`.execute(db);
  await sql`
    update order_files set left_out_at = ${now}
    where team_id = ${teamId} and order_id = ${orderId} and not exists (
      select from jsonb_to_recordset(${given}::jsonb) as given (transfer_id text)
      where given.transfer_id = order_files.transfer_id)`.execute(db);
};

export const insertOrderEvent = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  event: { state: OrderState; at: Date; madeBy?: UserId },
): Promise<void> => {
  await db
    .insertInto('orderEvents')
    .values({ teamId, orderId, madeBy: null, ...event })
    .execute();
};

/** What happened to an order, oldest first. Index: order_events_order. */
export const listOrderEvents = (db: Database, { teamId, orderId }: OrderAt) =>
  db
    .selectFrom('orderEvents')
    .select(['state', 'at'])
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .orderBy('id')
    .execute();

/** Whether a mail to this address is on its way or has been sent. Index: order_mails_order. */
export const isMailedTo = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  recipient: string,
): Promise<boolean> =>
  (await db
    .selectFrom('orderMails')
    .select('id')
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('recipient', '=', recipient)
    .where('state', '<>', 'failed')
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** What a team calls the states of its orders. Index: order_state_labels_pkey. */
export const stateLabelsOf = async (
  db: Database,
  teamId: TeamId,
): Promise<Partial<Record<OrderState, string>>> => {
  const rows = await db
    .selectFrom('orderStateLabels')
    .select(['state', 'label'])
    .where('teamId', '=', teamId)
    .execute();
  return Object.fromEntries(rows.map(({ state, label }) => [state, label]));
};

type DayCounts = Partial<Record<'ordersStarted' | 'ordersReceived' | 'files' | 'bytes', number>>;

/** Adds to what came in through a page today (UTC). @returns how many orders were received today, these included */
export const countDay = async (
  db: Database,
  { teamId, id }: Pick<DropRow, 'teamId' | 'id'>,
  { ordersStarted = 0, ordersReceived = 0, files = 0, bytes = 0 }: DayCounts,
  now: Date,
): Promise<number> => {
  const row = await db
    .insertInto('dropDays')
    .values({ teamId, dropId: id, day: dayOf(now), ordersStarted, ordersReceived, files, bytes })
    .onConflict((conflict) =>
      conflict.columns(['teamId', 'dropId', 'day']).doUpdateSet((of) => ({
        ordersStarted: of('dropDays.ordersStarted', '+', ordersStarted),
        ordersReceived: of('dropDays.ordersReceived', '+', ordersReceived),
        files: sql<number>`drop_days.files + ${files}`,
        bytes: sql<number>`drop_days.bytes + ${bytes}`,
      })),
    )
    .returning('ordersReceived')
    .executeTakeFirstOrThrow();
  return row.ordersReceived;
};

/** Where an order's files are, for whoever is told of it; null once the connection is deleted. Index: connections_team_id_key. */
export const placeOf = async (
  db: Database,
  { teamId, connectionId }: Pick<OrderRow, 'teamId' | 'connectionId'>,
): Promise<{ bucket: string; prefix: string } | null> =>
  connectionId === null
    ? null
    : ((await db
        .selectFrom('connections')
        .select(['bucket', 'prefix'])
        .where('teamId', '=', teamId)
        .where('id', '=', connectionId)
        .executeTakeFirst()) ?? null);
