import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

/** A source with what its connection adds. */
export interface SourceRow extends Selectable<Tables['sources']> {
  connectionName: string;
  connectionRevision: number;
}

const select = (db: Database) =>
  db
    .selectFrom('sources')
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.id', '=', 'sources.connectionId')
        .onRef('connections.teamId', '=', 'sources.teamId'),
    )
    .selectAll('sources')
    .select(['connections.name as connectionName', 'connections.revision as connectionRevision']);

/** Index: sources_pkey. */
export const findSource = async (db: Database, teamId: TeamId, id: SourceId): Promise<SourceRow | null> => {
  const row = await select(db)
    .where('sources.teamId', '=', teamId)
    .where('sources.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
};

/** For the image server, which knows no team: names are unique on the server. Index: sources_name_key. */
export const findSourceByName = async (db: Database, name: string): Promise<SourceRow | null> =>
  (await select(db).where('sources.name', '=', name).executeTakeFirst()) ?? null;

/** Index: sources_team, or sources_connection when one is named. */
export const listSources = (
  db: Database,
  teamId: TeamId,
  page: { connectionId: ConnectionId | null; after: SourceId | null; limit: number },
): Promise<SourceRow[]> => {
  let query = select(db).where('sources.teamId', '=', teamId).orderBy('sources.id').limit(page.limit);
  if (page.connectionId !== null) query = query.where('sources.connectionId', '=', page.connectionId);
  if (page.after !== null) query = query.where('sources.id', '>', page.after);
  return query.execute();
};

/** False where the team has no such connection; else it cannot be deleted before the transaction ends. */
export const holdConnection = async (db: Database, teamId: TeamId, id: ConnectionId): Promise<boolean> => {
  const row = await db
    .selectFrom('connections')
    .select('id')
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
};

export const insertSource = async (db: Database, row: Insertable<Tables['sources']>): Promise<void> => {
  await db.insertInto('sources').values(row).execute();
};

/** Keeps everybody else from changing the source until the transaction ends. */
export const lockSource = async (db: Database, teamId: TeamId, id: SourceId): Promise<SourceRow | null> => {
  await db
    .selectFrom('sources')
    .select('id')
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return findSource(db, teamId, id);
};

/** Every change counts the revision up, so that no cached picture outlives it. */
export const changeSource = async (
  db: Database,
  at: { teamId: TeamId; id: SourceId; now: Date },
  change: Omit<Updateable<Tables['sources']>, 'id' | 'teamId' | 'revision' | 'updatedAt'>,
): Promise<void> => {
  await db
    .updateTable('sources')
    .set((of) => ({ ...change, revision: of('revision', '+', 1), updatedAt: at.now }))
    .where('teamId', '=', at.teamId)
    .where('id', '=', at.id)
    .execute();
};

/** @returns the name that is free again; null where there was no such source */
export const deleteSource = async (db: Database, teamId: TeamId, id: SourceId): Promise<string | null> => {
  const row = await db
    .deleteFrom('sources')
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
};

/** A batch of signing keys that another key than the active one wraps; over all teams, for rotation only. */
export const listForRewrap = (
  db: Database,
  activeKid: string,
  limit: number,
): Promise<{ id: SourceId; teamId: TeamId; signingKeysSealed: string | null }[]> =>
  db
    .selectFrom('sources')
    .select(['id', 'teamId', 'signingKeysSealed'])
    .where('signingKeysSealed', 'is not', null)
    .where('signingKeysSealed', 'not like', `v1.${activeKid.replace(/[%_\\]/g, '\\$&')}.%`)
    .limit(limit)
    .execute();

/** Puts the newly wrapped text in place, unless the keys were rotated meanwhile. */
export const replaceSealed = async (
  db: Database,
  at: { teamId: TeamId; id: SourceId },
  before: string,
  after: string,
): Promise<void> => {
  await db
    .updateTable('sources')
    .set({ signingKeysSealed: after })
    .where('teamId', '=', at.teamId)
    .where('id', '=', at.id)
    .where('signingKeysSealed', '=', before)
    .execute();
};
