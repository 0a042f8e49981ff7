import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type OidcAttemptRow = Selectable<Tables['oidcAttempts']>;

/** Replaces the owner's link: only the newest works. */
export const replaceOwnerLink = async (
  db: Database,
  link: { tokenHash: string; createdAt: Date },
): Promise<void> => {
  await db
    .insertInto('ownerLink')
    .values({ only: true, ...link })
    .onConflict((conflict) => conflict.column('only').doUpdateSet(link))
    .execute();
};

export const hasOwnerLink = async (db: Database, tokenHash: string): Promise<boolean> => {
  const row = await db
    .selectFrom('ownerLink')
    .select('only')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row !== undefined;
};

/** Uses the link up. False when it is not the one (any more). */
export const takeOwnerLink = async (db: Database, tokenHash: string): Promise<boolean> => {
  const result = await db.deleteFrom('ownerLink').where('tokenHash', '=', tokenHash).executeTakeFirst();
  return result.numDeletedRows > 0n;
};

export const deleteOwnerLink = async (db: Database): Promise<void> => {
  await db.deleteFrom('ownerLink').execute();
};

export const insertOidcAttempt = async (db: Database, attempt: OidcAttemptRow): Promise<void> => {
  await db.insertInto('oidcAttempts').values(attempt).execute();
};

/** Uses the attempt up, so that a callback works once. Index: oidc_attempts_pkey. */
export const takeOidcAttempt = async (
  db: Database,
  browserHash: string,
  now: Date,
): Promise<OidcAttemptRow | null> => {
  const attempt = await db
    .deleteFrom('oidcAttempts')
    .where('browserHash', '=', browserHash)
    .returningAll()
    .executeTakeFirst();
  return attempt !== undefined && attempt.expiresAt > now ? attempt : null;
};
