import type { ApiKeyId, TeamId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type ApiKeyRow = Selectable<Tables['apiKeys']>;
/** A key with the name of whoever made it. */
export type NamedApiKey = ApiKeyRow & { makerName: string };

export const insertApiKey = async (db: Database, key: ApiKeyRow): Promise<void> => {
  await db.insertInto('apiKeys').values(key).execute();
};

/** Index: api_keys_token_key. */
export const findApiKeyByToken = (
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<ApiKeyRow | undefined> =>
  db
    .selectFrom('apiKeys')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .where((of) => of.or([of('expiresAt', 'is', null), of('expiresAt', '>', now)]))
    .executeTakeFirst();

/** Writes only when nobody did since `usedBefore`. */
export const touchApiKey = async (
  db: Database,
  key: { teamId: TeamId; id: ApiKeyId },
  use: { usedBefore: Date; lastUsedAt: Date },
): Promise<void> => {
  await db
    .updateTable('apiKeys')
    .set({ lastUsedAt: use.lastUsedAt })
    .where('id', '=', key.id)
    .where('teamId', '=', key.teamId)
    .where((of) => of.or([of('lastUsedAt', 'is', null), of('lastUsedAt', '<', use.usedBefore)]))
    .execute();
};

/** One page, newest first; expired ones are shown too. Index: api_keys_team. */
export const listApiKeys = (
  db: Database,
  teamId: TeamId,
  page: { before: ApiKeyId | null; limit: number },
): Promise<NamedApiKey[]> => {
  const query = selectNamed(db, teamId).orderBy('apiKeys.id', 'desc').limit(page.limit);
  return (page.before === null ? query : query.where('apiKeys.id', '<', page.before)).execute();
};

/** Index: api_keys_pkey. */
export const findApiKey = (db: Database, teamId: TeamId, id: ApiKeyId): Promise<NamedApiKey | undefined> =>
  selectNamed(db, teamId).where('apiKeys.id', '=', id).executeTakeFirst();

const selectNamed = (db: Database, teamId: TeamId) =>
  db
    .selectFrom('apiKeys')
    .innerJoin('users', 'users.id', 'apiKeys.createdBy')
    .selectAll('apiKeys')
    .select('users.name as makerName')
    .where('apiKeys.teamId', '=', teamId);

/** False when the team has no such key. */
export const deleteApiKey = async (db: Database, teamId: TeamId, id: ApiKeyId): Promise<boolean> => {
  const result = await db
    .deleteFrom('apiKeys')
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};
