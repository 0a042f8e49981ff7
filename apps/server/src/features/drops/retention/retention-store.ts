import type { ConnectionId, Drop, DropId, OrderId, TeamId, TransferId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import type { DropRow, OrderAt, OrderRow } from '../ports.ts';

/**
 * Takes orders whose days are over and whose files are still there, and notes the try, so that no other worker takes them
 * too. One that failed comes again after `pauseMilliseconds`. Over all teams. Index: orders_retention.
 */
export const claimOver = (
  db: Database,
  { now, pauseMilliseconds, limit }: { now: Date; pauseMilliseconds: number; limit: number },
): Promise<{ teamId: TeamId; id: OrderId }[]> =>
  db
    .updateTable('orders')
    .set({ retentionTriedAt: now })
    .where(
      'id',
      'in',
      db
        .selectFrom('orders')
        .select('id')
        .where('filesUntil', '<=', now)
        .where('filesDeletedAt', 'is', null)
        .where((of) =>
          of.or([
            of('retentionTriedAt', 'is', null),
            of('retentionTriedAt', '<=', new Date(now.getTime() - pauseMilliseconds)),
          ]),
        )
        .orderBy('filesUntil')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['teamId', 'id'])
    .execute();

/**
 * Keeps every order that has one of these objects from letting it go until the transaction ends: of two that do so at
 * once, the second sees that it is the last.
 */
export const lockObjects = async (
  db: Database,
  teamId: TeamId,
  transferIds: readonly TransferId[],
): Promise<void> => {
  if (transferIds.length === 0) return;
  await db
    .selectFrom('orderFiles')
    .select('id')
    .where('teamId', '=', teamId)
    .where('transferId', 'in', transferIds)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
};

/** Notes that an order has these files no more. Index: order_files_transfer_key. */
export const markDeleted = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  transferIds: readonly TransferId[],
  now: Date,
): Promise<void> => {
  if (transferIds.length === 0) return;
  await db
    .updateTable('orderFiles')
    .set({ deletedAt: now })
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('transferId', 'in', transferIds)
    .where('deletedAt', 'is', null)
    .execute();
};

/**
 * Takes orders whose files go before `until` and whose customers were told for long enough before, and were not told yet. An
 * address that had no mail of an order that its customer sent has none now: nobody but its sender says whose it is.
 * Locked until the transaction ends. Over all teams. Index: orders_retention.
 */
export const claimUntold = (
  db: Database,
  { now, until, minDays, limit }: { now: Date; until: Date; minDays: number; limit: number },
): Promise<OrderRow[]> =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('filesUntil', '>', now)
    .where('filesUntil', '<=', until)
    .where('filesDeletedAt', 'is', null)
    .where('customerEmail', 'is not', null)
    .where(sql<boolean>`files_until - submitted_at >= ${minDays} * interval '1 day'`)
    .where((of) =>
      of.or([
        // Made by the lab.
        of('tokenHash', 'is', null),
        of.exists(
          of
            .selectFrom('orderMails')
            .select('orderMails.id')
            .whereRef('orderMails.teamId', '=', 'orders.teamId')
            .whereRef('orderMails.orderId', '=', 'orders.id')
            .where('orderMails.kind', '<>', 'notice'),
        ),
      ]),
    )
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('orderMails')
            .select('orderMails.id')
            .whereRef('orderMails.teamId', '=', 'orders.teamId')
            .whereRef('orderMails.orderId', '=', 'orders.id')
            .where('orderMails.kind', '=', 'filesGoSoon'),
        ),
      ),
    )
    .orderBy('filesUntil')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

/** Other pages whose orders lie below the same prefix: a rule for one deletes the files of all. Index: drops_connection. */
export const listNeighbours = (
  db: Database,
  { teamId, connectionId, except }: { teamId: TeamId; connectionId: ConnectionId; except: DropId },
) =>
  db
    .selectFrom('drops')
    .select(['title', 'retentionDays'])
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('id', '<>', except)
    .orderBy('id')
    .execute();

/**
 * Writes what was found for a page as it was when `asked` was read. A page that has other days or another connection by now
 * stays unlooked-at: what was found is not about it. Index: drops_team_id_key.
 */
export const writeRetentionCheck = async (
  db: Database,
  asked: Pick<DropRow, 'teamId' | 'id' | 'connectionId'> & { retentionDays: number },
  check: Drop['retention'],
): Promise<void> => {
  await db
    .updateTable('drops')
    .set({ retentionCheck: JSON.stringify(check) })
    .where('teamId', '=', asked.teamId)
    .where('id', '=', asked.id)
    .where('retentionDays', '=', asked.retentionDays)
    .where('connectionId', '=', asked.connectionId)
    .execute();
};

/**
 * Pages that promise days and that nobody has looked at since `before`, those that wait longest first. Over all teams: a
 * handful of pages a team, read once an hour.
 */
export const listUnlooked = (
  db: Database,
  { before, limit }: { before: Date; limit: number },
): Promise<{ teamId: TeamId; dropId: DropId }[]> => {
  const lookedAt = sql<Date | null>`(retention_check ->> 'checkedAt')::timestamptz`;
  return db
    .selectFrom('drops')
    .select(['teamId', 'id as dropId'])
    .where('retentionDays', 'is not', null)
    .where((of) => of.or([of(lookedAt, 'is', null), of(lookedAt, '<', before)]))
    .orderBy(lookedAt, (order) => order.asc().nullsFirst())
    .limit(limit)
    .execute();
};
