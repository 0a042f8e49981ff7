import type { ConnectionId, GrantHolderKind, ProviderId, TeamId, UploadGrantId } from '@windlass/contract';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import type { Grant, GrantHolder } from './grant.ts';
import type { Count } from './judge-file.ts';

type Row = Selectable<Tables['uploadGrants']>;

/** A grant with what a list says of it. */
export interface ListedGrant extends Grant {
  connectionName: string;
  madeByName: string | null;
}

export const insertGrant = async (db: Database, row: Insertable<Tables['uploadGrants']>): Promise<void> => {
  await db.insertInto('uploadGrants').values(row).execute();
};

/** Index: upload_grants_token_hash_key. The hash is the proof; there is no team to ask for. */
export const findGrantByToken = async (db: Database, tokenHash: string): Promise<Grant | null> => {
  const row = await db
    .selectFrom('uploadGrants')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row === undefined ? null : grantOf(row);
};

/** Index: upload_grants_team_id_key. */
export const findGrant = async (
  db: Database,
  teamId: TeamId,
  id: UploadGrantId,
): Promise<ListedGrant | null> => {
  const row = await selectListed(db, teamId).where('uploadGrants.id', '=', id).executeTakeFirst();
  return row === undefined ? null : listed(row);
};

/** What a list of grants is cut to; null: not at all. */
export interface GrantFilter {
  connectionId: ConnectionId | null;
  holder: GrantHolderKind | null;
  /** Not ended, and over after this moment. */
  goodAt: Date | null;
}

/** Newest first. Indexes: upload_grants_team for those of the team itself, else upload_grants_team_id_key or _connection. */
export const listGrants = async (
  db: Database,
  teamId: TeamId,
  { connectionId, holder, goodAt }: GrantFilter,
  page: { before: UploadGrantId | null; limit: number },
): Promise<ListedGrant[]> => {
  let query = selectListed(db, teamId).orderBy('uploadGrants.id', 'desc').limit(page.limit);
  if (connectionId !== null) query = query.where('uploadGrants.connectionId', '=', connectionId);
  // As text of the statement: a partial index is used only where the planner sees the value.
  if (holder !== null) query = query.where('uploadGrants.holderKind', '=', sql.lit(holder));
  if (goodAt !== null)
    query = query.where('uploadGrants.endedAt', 'is', null).where('uploadGrants.expiresAt', '>', goodAt);
  if (page.before !== null) query = query.where('uploadGrants.id', '<', page.before);
  return (await query.execute()).map(listed);
};

/** Whoever counts, or ends it, does so one after another. Null where it is gone. */
export const lockGrant = async (db: Database, teamId: TeamId, id: UploadGrantId): Promise<Grant | null> => {
  const row = await db
    .selectFrom('uploadGrants')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : grantOf(row);
};

/** Adds to what is counted; less than nothing takes away. */
export const countInGrant = async (
  db: Database,
  teamId: TeamId,
  id: UploadGrantId,
  { files, bytes }: Count,
): Promise<void> => {
  await db
    .updateTable('uploadGrants')
    .set({
      files: sql<number>`files + ${files}::integer`,
      bytes: sql<number>`bytes + ${bytes}::bigint`,
    })
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .execute();
};

export const changeGrant = async (
  db: Database,
  teamId: TeamId,
  id: UploadGrantId,
  change: { endedAt: Date } | { tokenHash: string },
): Promise<void> => {
  await db
    .updateTable('uploadGrants')
    .set(change)
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .execute();
};

/** Grants of a connection that are still good. Index: upload_grants_connection. */
export const goodGrantsOn = async (
  db: Database,
  teamId: TeamId,
  connectionId: ConnectionId,
  now: Date,
): Promise<UploadGrantId[]> => {
  const rows = await db
    .selectFrom('uploadGrants')
    .select('id')
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .execute();
  return rows.map(({ id }) => id);
};

/** What uploads need to know of a connection. Index: connections_team_id_key. */
export interface UploadPlace {
  name: string;
  provider: ProviderId;
  bucket: string;
  prefix: string;
}
export const findPlace = async (
  db: Database,
  teamId: TeamId,
  id: ConnectionId,
): Promise<UploadPlace | null> => {
  const row = await db
    .selectFrom('connections')
    .select(['name', 'provider', 'bucket', 'prefix'])
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
};

const selectListed = (db: Database, teamId: TeamId) =>
  db
    .selectFrom('uploadGrants')
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.teamId', '=', 'uploadGrants.teamId')
        .onRef('connections.id', '=', 'uploadGrants.connectionId'),
    )
    .leftJoin('users', 'users.id', 'uploadGrants.madeBy')
    .selectAll('uploadGrants')
    .select(['connections.name as connectionName', 'users.name as madeByName'])
    .where('uploadGrants.teamId', '=', teamId);

const listed = (row: Row & { connectionName: string; madeByName: string | null }): ListedGrant => ({
  ...grantOf(row),
  connectionName: row.connectionName,
  madeByName: row.madeByName,
});

const grantOf = (row: Row): Grant => ({
  id: row.id,
  teamId: row.teamId,
  connectionId: row.connectionId,
  prefix: row.prefix,
  limits: {
    maxFiles: row.maxFiles,
    maxFileBytes: numberOrNull(row.maxFileBytes),
    maxTotalBytes: numberOrNull(row.maxTotalBytes),
    types: row.types,
  },
  onConflict: row.onConflict,
  holder: holderOf(row),
  files: row.files,
  bytes: Number(row.bytes),
  madeBy: row.madeBy,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  endedAt: row.endedAt,
});

/** The table sets the order exactly where it is the holder. */
const holderOf = ({ orderId }: Row): GrantHolder =>
  orderId === null ? { kind: 'team' } : { kind: 'order', orderId };

const numberOrNull = (bigint: string | null): number | null => (bigint === null ? null : Number(bigint));
