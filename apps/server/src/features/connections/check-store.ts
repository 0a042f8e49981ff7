import type { CheckReport, ConnectionId, TeamId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import type { Placement } from './correct-region.ts';
import type { StateChange } from './state-change.ts';
import { since } from './store.ts';

interface At {
  teamId: TeamId;
  id: ConnectionId;
  revision: number;
}

/**
 * Keeps a report, and the region that the check found. A new region is a change of settings: it makes other checks
 * that are under way out of date.
 *
 * @returns false when settings or credentials changed while the check ran
 */
export const keepReport = async (
  db: Database,
  { teamId, id, revision }: At,
  kept: { report: CheckReport; placement: Placement | null; now: Date; nextCheckAt: Date | null },
): Promise<boolean> => {
  const { report, placement, now, nextCheckAt } = kept;
  const result = await db
    .updateTable('connections')
    .set((of) => ({
      state: report.state,
      stateSince: since(of, report.state, now),
      lastCheck: JSON.stringify(report),
      nextCheckAt,
      ...(placement === null ? {} : { ...placement, revision: revision + 1, updatedAt: now }),
    }))
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** Keeps a change of state in the record that people see. */
export const insertStateChange = async (db: Database, change: StateChange): Promise<void> => {
  await db
    .insertInto('connectionEvents')
    .values({
      id: change.id,
      teamId: change.teamId,
      connectionId: change.connectionId,
      at: change.at,
      fromState: change.from,
      toState: change.to,
      trigger: change.trigger,
      cause: change.cause,
    })
    .execute();
};

/** Newest first. Index: connection_events_list. */
export const listStateChanges = (
  db: Database,
  { teamId, connectionId }: { teamId: TeamId; connectionId: ConnectionId },
  page: { before: StateChange['id'] | null; limit: number },
) => {
  const query = db
    .selectFrom('connectionEvents')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  return (page.before === null ? query : query.where('id', '<', page.before)).execute();
};

/**
 * Takes connections whose scheduled check is due, and puts each off by its interval, so that no other worker takes it
 * too; a tenth of the interval is left to chance, so that what was made together is not checked together for ever.
 * One that was never checked is due. Over all teams. Index: connections_next_check.
 */
export const claimDue = (
  db: Database,
  now: Date,
  limit: number,
): Promise<{ id: ConnectionId; teamId: TeamId }[]> =>
  db
    .updateTable('connections')
    .set({
      nextCheckAt: sql<Date>`${now}::timestamptz + check_every_hours * (0.95 + 0.1 * random()) * interval '1 hour'`,
    })
    .where(
      'id',
      'in',
      db
        .selectFrom('connections')
        .select('id')
        .where('checkEveryHours', '>', 0)
        .where('credentialsSealed', 'is not', null)
        .where((of) => of.or([of('nextCheckAt', 'is', null), of('nextCheckAt', '<=', now)]))
        .orderBy('nextCheckAt', (order) => order.asc().nullsFirst())
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'teamId'])
    .execute();
