import type { PurgeId, PurgeScope, SourceId, TeamId } from '@windlass/contract';
import type { Insertable, Selectable } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';

interface At {
  teamId: TeamId;
  sourceId: SourceId;
}

export interface PurgeRow extends Selectable<Tables['sourcePurges']> {
  madeByName: string | null;
}

/** What a source's pictures are held against. Index: source_purges_source. */
export const listPurgesInForce = (
  db: Database,
  { teamId, sourceId }: At,
  now: Date,
): Promise<{ scope: PurgeScope; value: string; at: Date }[]> =>
  db
    .selectFrom('sourcePurges')
    .select(['scope', 'value', 'at'])
    .where('teamId', '=', teamId)
    .where('sourceId', '=', sourceId)
    .where('expiresAt', '>', now)
    .execute();

const select = (db: Database, { teamId, sourceId }: At) =>
  db
    .selectFrom('sourcePurges')
    .leftJoin('users', 'users.id', 'sourcePurges.madeBy')
    .selectAll('sourcePurges')
    .select('users.name as madeByName')
    .where('sourcePurges.teamId', '=', teamId)
    .where('sourcePurges.sourceId', '=', sourceId);

/** Newest first. Index: source_purges_source. */
export const listPurges = (
  db: Database,
  at: At,
  page: { now: Date; before: PurgeId | null; limit: number },
): Promise<PurgeRow[]> => {
  const query = select(db, at)
    .where('sourcePurges.expiresAt', '>', page.now)
    .orderBy('sourcePurges.id', 'desc')
    .limit(page.limit);
  return (page.before === null ? query : query.where('sourcePurges.id', '<', page.before)).execute();
};

/** Index: source_purges_source. */
export const countPurges = async (db: Database, { teamId, sourceId }: At): Promise<number> => {
  const { count } = await db
    .selectFrom('sourcePurges')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where('sourceId', '=', sourceId)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** @returns the row with what belongs beside it on a page */
export const insertPurge = async (
  db: Database,
  row: Insertable<Tables['sourcePurges']>,
): Promise<PurgeRow> => {
  await db.insertInto('sourcePurges').values(row).execute();
  return select(db, row).where('sourcePurges.id', '=', row.id).executeTakeFirstOrThrow();
};

export const deletePurges = async (db: Database, { teamId, sourceId }: At): Promise<void> => {
  await db.deleteFrom('sourcePurges').where('teamId', '=', teamId).where('sourceId', '=', sourceId).execute();
};
