import type { ConnectionId, DropId, Job, TeamId } from '@windlass/contract';
import { sql, type Insertable, type Updateable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import { openStates } from './order-states.ts';
import type { PhaseFacts } from './pages/phases.ts';
import type { DropRow } from './ports.ts';

interface At {
  teamId: TeamId;
  dropId: DropId;
}

/** A page with what belongs beside it in a list. */
export interface ShownDrop extends DropRow {
  connectionName: string;
  orders: { total: number; open: number; bytes: number };
  used: PhaseFacts['used'];
}

/** A day as `drop_days` keeps it, UTC. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

const usage = (day: string) =>
  [
    sql<string>`coalesce(sum(orders_received) filter (where day = ${day}::date), 0)`.as('ordersToday'),
    sql<string>`coalesce(sum(bytes) filter (where day = ${day}::date), 0)`.as('bytesToday'),
    sql<string>`coalesce(sum(bytes), 0)`.as('bytesTotal'),
  ] as const;

/** A repeated order has the files of the first one, which lie there once. What was deleted lies there no more. */
const inBucket = sql<string>`coalesce(
  sum(orders.bytes) filter (
    where orders.files_deleted_at is null and (first.id is null or first.files_deleted_at is not null)
  ), 0)`;

const select = (db: Database, now: Date) =>
  db
    .selectFrom('drops')
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.teamId', '=', 'drops.teamId')
        .onRef('connections.id', '=', 'drops.connectionId'),
    )
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('orders')
          .leftJoin('orders as first', (join) =>
            join.onRef('first.teamId', '=', 'orders.teamId').onRef('first.id', '=', 'orders.cloneOf'),
          )
          .whereRef('orders.teamId', '=', 'drops.teamId')
          .whereRef('orders.dropId', '=', 'drops.id')
          .where('orders.state', '<>', 'draft')
          .select((counted) => [
            counted.fn.countAll<string>().as('total'),
            counted.fn.countAll<string>().filterWhere('orders.state', 'in', openStates).as('open'),
            inBucket.as('orderBytes'),
          ])
          .as('counted'),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('dropDays')
          .whereRef('dropDays.teamId', '=', 'drops.teamId')
          .whereRef('dropDays.dropId', '=', 'drops.id')
          .select(usage(dayOf(now)))
          .as('used'),
      (join) => join.onTrue(),
    )
    .selectAll('drops')
    .select([
      'connections.name as connectionName',
      'counted.total',
      'counted.open',
      'counted.orderBytes',
      'used.ordersToday',
      'used.bytesToday',
      'used.bytesTotal',
    ]);

type Selected = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

/** PostgreSQL counts in bigint and sums in numeric, which come as text. */
const shown = ({
  total,
  open,
  orderBytes,
  ordersToday,
  bytesToday,
  bytesTotal,
  ...row
}: Selected): ShownDrop => ({
  ...row,
  orders: { total: Number(total), open: Number(open), bytes: Number(orderBytes) },
  used: {
    ordersToday: Number(ordersToday),
    bytesToday: Number(bytesToday),
    bytesTotal: Number(bytesTotal),
  },
});

/** Indexes: drops_team_id_key, orders_drop, drop_days_pkey. */
export const findDrop = async (
  db: Database,
  { teamId, dropId }: At,
  now: Date,
): Promise<ShownDrop | null> => {
  const row = await select(db, now)
    .where('drops.teamId', '=', teamId)
    .where('drops.id', '=', dropId)
    .executeTakeFirst();
  return row === undefined ? null : shown(row);
};

/** Oldest first. Index: drops_team_id_key. */
export const listDrops = async (
  db: Database,
  teamId: TeamId,
  page: { after: DropId | null; limit: number },
  now: Date,
): Promise<ShownDrop[]> => {
  const query = select(db, now).where('drops.teamId', '=', teamId).orderBy('drops.id').limit(page.limit);
  const rows = await (page.after === null ? query : query.where('drops.id', '>', page.after)).execute();
  return rows.map(shown);
};

/** For the public, who know no team: names are unique on the server. Index: drops_name_key. */
export const findDropByName = async (db: Database, name: string): Promise<DropRow | null> =>
  (await db.selectFrom('drops').selectAll().where('name', '=', name).executeTakeFirst()) ?? null;

/** The page of an order whose status link somebody has. Index: orders_status_token_key. */
export const findDropOfStatus = async (db: Database, statusTokenHash: string): Promise<DropRow | null> =>
  (await db
    .selectFrom('orders')
    .innerJoin('drops', (join) =>
      join.onRef('drops.teamId', '=', 'orders.teamId').onRef('drops.id', '=', 'orders.dropId'),
    )
    .selectAll('drops')
    .where('orders.statusTokenHash', '=', statusTokenHash)
    .executeTakeFirst()) ?? null;

/** The page itself, without what is counted. Index: drops_team_id_key. */
export const findPlainDrop = async (db: Database, { teamId, dropId }: At): Promise<DropRow | null> =>
  (await db
    .selectFrom('drops')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('id', '=', dropId)
    .executeTakeFirst()) ?? null;

/** What came in through a page. Index: drop_days_pkey. */
export const usageOf = async (
  db: Database,
  { teamId, dropId }: At,
  now: Date,
): Promise<PhaseFacts['used']> => {
  const row = await db
    .selectFrom('dropDays')
    .select(usage(dayOf(now)))
    .where('teamId', '=', teamId)
    .where('dropId', '=', dropId)
    .executeTakeFirstOrThrow();
  return {
    ordersToday: Number(row.ordersToday),
    bytesToday: Number(row.bytesToday),
    bytesTotal: Number(row.bytesTotal),
  };
};

/** Keeps everybody else from changing the page until the transaction ends. */
export const lockDrop = async (db: Database, at: At, now: Date): Promise<ShownDrop | null> => {
  await db
    .selectFrom('drops')
    .select('id')
    .where('teamId', '=', at.teamId)
    .where('id', '=', at.dropId)
    // Whoever sends an order has it, and refers to its page: that may go on.
    .forNoKeyUpdate()
    .execute();
  return findDrop(db, at, now);
};

/** Keeps a page from being deleted until the transaction ends. @returns false for one that is gone */
export const holdDrop = async (db: Database, { teamId, dropId }: At): Promise<boolean> =>
  (await db
    .selectFrom('drops')
    .select('id')
    .where('teamId', '=', teamId)
    .where('id', '=', dropId)
    .forKeyShare()
    .executeTakeFirst()) !== undefined;

/** The connection, which cannot be deleted before the transaction ends; null where the team has no such one. */
export const holdConnection = async (
  db: Database,
  teamId: TeamId,
  id: ConnectionId,
): Promise<{ name: string; jobs: Job[] } | null> =>
  (await db
    .selectFrom('connections')
    .select(['name', 'jobs'])
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst()) ?? null;

export const insertDrop = async (db: Database, row: Insertable<Tables['drops']>): Promise<void> => {
  await db.insertInto('drops').values(row).execute();
};

export const changeDrop = async (
  db: Database,
  { teamId, dropId }: At,
  change: Omit<Updateable<Tables['drops']>, 'id' | 'teamId'>,
): Promise<void> => {
  await db.updateTable('drops').set(change).where('teamId', '=', teamId).where('id', '=', dropId).execute();
};

/** Its forms and orders go with it. */
export const deleteDrop = async (db: Database, { teamId, dropId }: At): Promise<void> => {
  await db.deleteFrom('drops').where('teamId', '=', teamId).where('id', '=', dropId).execute();
};

/** Grants of a page's drafts. Index: orders_drop. */
export const draftGrantsOf = (db: Database, { teamId, dropId }: At) =>
  db
    .selectFrom('orders')
    .select('grantId')
    .where('teamId', '=', teamId)
    .where('dropId', '=', dropId)
    .where('state', '=', 'draft')
    .execute();

/** Orders of a page, drafts among them. Index: orders_drop. */
export const listOrdersOf = (db: Database, { teamId, dropId }: At) =>
  db
    .selectFrom('orders')
    .select(['id', 'teamId', 'connectionId', 'state', 'prefix', 'manifest', 'manifestTrouble'])
    .where('teamId', '=', teamId)
    .where('dropId', '=', dropId)
    .execute();

/** Connections that have, or had, files of a page's orders. Indexes: orders_drop, connections_team_id_key. */
export const listGroundsOf = (db: Database, { teamId, dropId }: At) =>
  db
    .selectFrom('connections')
    .select(['name', 'lastCheck'])
    .where('teamId', '=', teamId)
    .where('id', 'in', (of) =>
      of
        .selectFrom('orders')
        .select('orders.connectionId')
        .where('orders.teamId', '=', teamId)
        .where('orders.dropId', '=', dropId)
        .where('orders.filesDeletedAt', 'is', null),
    )
    .orderBy('name')
    .execute();

type SealedColumn = 'pageKeySealed' | 'hcaptchaSecretSealed';

/** Rows with a text that another key than `kid` has wrapped. */
export const listForRewrap = (db: Database, kid: string, limit: number): Promise<DropRow[]> => {
  const wrapped = `v1.${kid.replace(/[%_\\]/g, '\\$&')}.%`;
  return db
    .selectFrom('drops')
    .selectAll()
    .where((of) =>
      of.or([of('pageKeySealed', 'not like', wrapped), of('hcaptchaSecretSealed', 'not like', wrapped)]),
    )
    .limit(limit)
    .execute();
};

/** Only where it still is what was read. */
export const replaceSealed = async (
  db: Database,
  { teamId, id }: DropRow,
  column: SealedColumn,
  { from, to }: { from: string; to: string },
): Promise<void> => {
  await db
    .updateTable('drops')
    .set({ [column]: to })
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .where(column, '=', from)
    .execute();
};
