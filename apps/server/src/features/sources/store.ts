import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import type { Insertable, Selectable, Updateable } from 'kysely';
import { jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database, Tables } from '../../platform/db/index.ts';

type Row = Selectable<Tables['sources']>;

/** A source with what its connection adds; null for a web folder. */
export interface SourceRow extends Row {
  connection: {
    id: ConnectionId;
    name: string;
    endpoint: string;
    bucket: string;
    prefix: string;
    revision: number;
  } | null;
}

/** What a change may set. */
export type SourceChange = Omit<Updateable<Tables['sources']>, 'id' | 'teamId' | 'revision' | 'updatedAt'>;

const select = (db: Database) =>
  db
    .selectFrom('sources')
    .selectAll('sources')
    .select((of) =>
      jsonObjectFrom(
        of
          .selectFrom('connections')
          .whereRef('connections.teamId', '=', 'sources.teamId')
          .whereRef('connections.id', '=', 'sources.connectionId')
          // JSON keeps the columns' own names, so these are of one word each.
          .select([
            'connections.id',
            'connections.name',
            'connections.endpoint',
            'connections.bucket',
            'connections.prefix',
            'connections.revision',
          ]),
      ).as('connection'),
    );

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

/** Index: sources_team_id_key, or sources_connection when one is named. */
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

/** Every change counts the revision up, so that what is remembered of the source for seconds can be told apart. */
export const changeSource = async (
  db: Database,
  at: { teamId: TeamId; id: SourceId; now: Date },
  change: SourceChange,
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
