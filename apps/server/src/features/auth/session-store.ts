import type { SessionId, UserId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type SessionRow = Selectable<Tables['sessions']>;

export const insertSession = async (db: Database, session: SessionRow): Promise<void> => {
  await db.insertInto('sessions').values(session).execute();
};

/** Index: sessions_token_key. */
export const findSessionByToken = (
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<SessionRow | undefined> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .executeTakeFirst();

/** Writes only when nobody did since `seenBefore`, so that a burst of requests costs one write. */
export const touchSession = async (
  db: Database,
  id: SessionId,
  seen: { seenBefore: Date; lastSeenAt: Date; expiresAt: Date },
): Promise<void> => {
  await db
    .updateTable('sessions')
    .set({ lastSeenAt: seen.lastSeenAt, expiresAt: seen.expiresAt })
    .where('id', '=', id)
    .where('lastSeenAt', '<', seen.seenBefore)
    .execute();
};

/** The newest 200. Index: sessions_user. */
export const listSessionsOf = (db: Database, userId: UserId, now: Date): Promise<SessionRow[]> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('userId', '=', userId)
    .where('expiresAt', '>', now)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();

/** False when the person has no such session. */
export const deleteSession = async (db: Database, userId: UserId, id: SessionId): Promise<boolean> => {
  const result = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};

/** Index: sessions_token_key. */
export const deleteSessionByToken = async (db: Database, tokenHash: string): Promise<void> => {
  await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
};

/** Index: sessions_user. */
export const deleteSessionsOf = async (db: Database, userId: UserId): Promise<void> => {
  await db.deleteFrom('sessions').where('userId', '=', userId).execute();
};
