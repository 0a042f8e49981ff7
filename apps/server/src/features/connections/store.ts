import type { CheckReport, ConnectionId, ConnectionState, TeamId } from '@windlass/contract';
import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

type Row = Selectable<Tables['connections']>;

/** A connection with what belongs beside it on a page. */
export interface ConnectionRow extends Row {
  /** Null where nobody is known. */
  credentialsSetByName: string | null;
  sourceCount: number;
}

/** What a change may set. */
export type ConnectionChange = Partial<
  Pick<
    Insertable<Tables['connections']>,
    | 'name'
    | 'provider'
    | 'bucket'
    | 'region'
    | 'endpoint'
    | 'addressing'
    | 'prefix'
    | 'jobs'
    | 'checkEveryHours'
    | 'nextCheckAt'
    | 'credentialsSealed'
    | 'credentialsKind'
    | 'accessKeyIdHint'
    | 'roleArn'
    | 'credentialsTemporary'
    | 'credentialsSetAt'
    | 'credentialsSetBy'
    | 'rotationPhase'
    | 'rotationSealed'
    | 'rotationHint'
    | 'rotationSince'
  >
> & { state: ConnectionState; lastCheck: CheckReport | null };

const select = (db: Database) =>
  db
    .selectFrom('connections')
    .leftJoin('users', 'users.id', 'connections.credentialsSetBy')
    .selectAll('connections')
    .select((of) => [
      'users.name as credentialsSetByName',
      of
        .selectFrom('sources')
        .whereRef('sources.teamId', '=', 'connections.teamId')
        .whereRef('sources.connectionId', '=', 'connections.id')
        .select((sources) => sources.fn.countAll<string>().as('count'))
        .as('sourceCount'),
    ]);

// PostgreSQL counts in bigint, which comes as text.
const counted = <T extends { sourceCount: string | null }>(row: T) => ({
  ...row,
  sourceCount: Number(row.sourceCount ?? 0),
});

/** Index: connections_team_id_key. */
export const findConnection = async (
  db: Database,
  teamId: TeamId,
  id: ConnectionId,
): Promise<ConnectionRow | null> => {
  const row = await select(db)
    .where('connections.teamId', '=', teamId)
    .where('connections.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : counted(row);
};

/** Index: connections_team_id_key. */
export const listConnections = async (
  db: Database,
  teamId: TeamId,
  page: { after: ConnectionId | null; limit: number },
): Promise<ConnectionRow[]> => {
  const query = select(db)
    .where('connections.teamId', '=', teamId)
    .orderBy('connections.id')
    .limit(page.limit);
  const rows = await (page.after === null ? query : query.where('connections.id', '>', page.after)).execute();
  return rows.map(counted);
};

export const insertConnection = async (
  db: Database,
  row: Insertable<Tables['connections']>,
): Promise<void> => {
  await db.insertInto('connections').values(row).execute();
};

/**
 * Changes settings or credentials, and makes checks that are under way out of date.
 *
 * @returns false when somebody else changed it after `revision` was read
 */
export const changeConnection = async (
  db: Database,
  at: { teamId: TeamId; id: ConnectionId; revision: number; now: Date },
  { lastCheck, ...change }: ConnectionChange,
): Promise<boolean> => {
  const result = await db
    .updateTable('connections')
    .set((of) => ({
      ...change,
      lastCheck: lastCheck === null ? null : JSON.stringify(lastCheck),
      stateSince: since(of, change.state, at.now),
      revision: at.revision + 1,
      updatedAt: at.now,
    }))
    .where('teamId', '=', at.teamId)
    .where('id', '=', at.id)
    .where('revision', '=', at.revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** The moment of the last change of state, which a check that finds the same again leaves alone. */
export const since = (of: ExpressionBuilder<Tables, 'connections'>, state: ConnectionState, now: Date) =>
  of.case().when('state', '=', state).then(of.ref('stateSince')).else(of.val(now)).end();

/** The foreign key refuses while sources stand on it, even one that is made at this moment. */
export const deleteConnection = async (db: Database, teamId: TeamId, id: ConnectionId): Promise<void> => {
  await db.deleteFrom('connections').where('teamId', '=', teamId).where('id', '=', id).execute();
};

/** Takes the sources of a connection with it. Index: sources_connection. */
export const deleteSourcesOn = async (db: Database, teamId: TeamId, id: ConnectionId): Promise<void> => {
  await db.deleteFrom('sources').where('teamId', '=', teamId).where('connectionId', '=', id).execute();
};

/** Keeps everybody else from changing the connection, or from making a source on it, until the transaction ends. */
export const lockConnection = async (
  db: Database,
  teamId: TeamId,
  id: ConnectionId,
): Promise<ConnectionRow | null> => {
  await db
    .selectFrom('connections')
    .select('id')
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return findConnection(db, teamId, id);
};

/** For code that found the id through a row of the right team. Index: connections_pkey. */
export const findForBucket = async (
  db: Database,
  teamId: TeamId | 'internal',
  id: ConnectionId,
): Promise<Row | null> => {
  const query = db.selectFrom('connections').selectAll().where('id', '=', id);
  const row = await (teamId === 'internal' ? query : query.where('teamId', '=', teamId)).executeTakeFirst();
  return row ?? null;
};

/** The sealed texts of a connection. */
export type SealedColumns = Pick<Row, 'credentialsSealed' | 'rotationSealed'>;

/** A batch of connections with a text that another key than the active one wraps; over all teams, for rotation only. */
export const listForRewrap = (
  db: Database,
  activeKid: string,
  limit: number,
): Promise<({ id: ConnectionId; teamId: TeamId } & SealedColumns)[]> => {
  const current = `v1.${activeKid.replace(/[%_\\]/g, '\\$&')}.%`;
  return db
    .selectFrom('connections')
    .select(['id', 'teamId', 'credentialsSealed', 'rotationSealed'])
    .where((of) =>
      of.or([of('credentialsSealed', 'not like', current), of('rotationSealed', 'not like', current)]),
    )
    .limit(limit)
    .execute();
};

/** Puts the newly wrapped texts in place, unless one was overwritten meanwhile. */
export const replaceSealed = async (
  db: Database,
  before: { teamId: TeamId; id: ConnectionId } & SealedColumns,
  after: SealedColumns,
): Promise<void> => {
  await db
    .updateTable('connections')
    .set(after)
    .where('teamId', '=', before.teamId)
    .where('id', '=', before.id)
    .where('credentialsSealed', 'is not distinct from', before.credentialsSealed)
    .where('rotationSealed', 'is not distinct from', before.rotationSealed)
    .executeTakeFirst();
};
