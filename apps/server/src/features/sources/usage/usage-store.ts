import type { SourceId, TeamId, UsageCounts } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import { countsBy, usageNames } from './usage-counts.ts';
import type { CountedHour } from './usage-recorder.ts';

const usageLastsMilliseconds = 90 * 24 * 60 * 60 * 1000;
/** Far below PostgreSQL's 65,535 parameters of one statement. */
const rowsAtOnce = 500;

/** Adds to the counts of other processes. What belongs to a source that was deleted meanwhile is left out. */
export const addUsage = (db: Database, hours: readonly CountedHour[]): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const ids = [...new Set(hours.map(({ sourceId }) => sourceId))];
    // Held until the end, in one order for all processes, so that none waits for another in a circle.
    const known = await transaction
      .selectFrom('sources')
      .select(['id', 'teamId'])
      .where('id', 'in', ids)
      .orderBy('id')
      .forKeyShare()
      .execute();
    const teams = new Map(known.map(({ id, teamId }) => [id, teamId]));
    const rows = hours
      .filter(({ sourceId, teamId }) => teams.get(sourceId) === teamId)
      .toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : a.sourceId > b.sourceId ? 1 : +a.hour - +b.hour))
      .map(({ teamId, sourceId, hour, counts }) => ({
        teamId,
        sourceId,
        hour,
        ...counts,
        expiresAt: new Date(hour.getTime() + usageLastsMilliseconds),
      }));
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      await transaction
        .insertInto('imageUsage')
        .values(rows.slice(start, start + rowsAtOnce))
        .onConflict((conflict) =>
          conflict
            .columns(['teamId', 'sourceId', 'hour'])
            .doUpdateSet(
              Object.fromEntries(
                usageNames.map((name) => [
                  name,
                  sql<number>`${sql.ref(`imageUsage.${name}`)} + ${sql.ref(`excluded.${name}`)}`,
                ]),
              ),
            ),
        )
        .execute();
    }
  });

/** Hours that were asked for at all, oldest first. Index: image_usage_pkey. */
export const readUsage = async (
  db: Database,
  at: { teamId: TeamId; sourceId: SourceId },
  since: Date,
): Promise<{ hour: Date; counts: UsageCounts }[]> => {
  const rows = await db
    .selectFrom('imageUsage')
    .selectAll()
    .where('teamId', '=', at.teamId)
    .where('sourceId', '=', at.sourceId)
    .where('hour', '>=', since)
    .orderBy('hour')
    .execute();
  return rows.map((row) => ({ hour: row.hour, counts: countsBy((name) => Number(row[name])) }));
};
