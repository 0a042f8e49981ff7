import type { UserId } from '@windlass/contract';
import { sql, type Selectable } from 'kysely';
import { isUniqueViolation, type Database, type Tables } from '../../platform/db/index.ts';

export type UserRow = Selectable<Tables['users']>;

/** Index: users_email_key. `email` is lower case, as the contract makes it. */
export const findUserByEmail = (db: Database, email: string): Promise<UserRow | undefined> =>
  db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();

/** Index: users_pkey. */
export const findUser = (db: Database, id: UserId): Promise<UserRow | undefined> =>
  db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();

/** False when somebody has this e-mail already. Inside a transaction that then has to end. */
export const insertUser = async (db: Database, user: UserRow): Promise<boolean> => {
  try {
    await db.insertInto('users').values(user).execute();
    return true;
  } catch (error) {
    if (isUniqueViolation(error, 'users_email_key')) return false;
    throw error;
  }
};

export const updateUser = async (
  db: Database,
  id: UserId,
  change: Partial<Pick<UserRow, 'name' | 'passwordHash'>> & { updatedAt: Date },
): Promise<void> => {
  await db.updateTable('users').set(change).where('id', '=', id).execute();
};

/** Takes over only the hash that was verified: a password changed meanwhile stays as it is. */
export const replacePasswordHash = async (
  db: Database,
  id: UserId,
  hashes: { from: string; to: string },
): Promise<void> => {
  await db
    .updateTable('users')
    .set({ passwordHash: hashes.to })
    .where('id', '=', id)
    .where('passwordHash', '=', hashes.from)
    .execute();
};

export const isAnyUser = async (db: Database): Promise<boolean> => {
  const row = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
};

/** Until the transaction ends nobody else makes a user: "there is none yet" stays true. */
export const lockUsers = async (db: Database): Promise<void> => {
  await sql`lock table users in share row exclusive mode`.execute(db);
};

/** Index: user_identities_pkey. */
export const findUserByIdentity = (
  db: Database,
  identity: { issuer: string; subject: string },
): Promise<UserRow | undefined> =>
  db
    .selectFrom('userIdentities')
    .innerJoin('users', 'users.id', 'userIdentities.userId')
    .selectAll('users')
    .where('userIdentities.issuer', '=', identity.issuer)
    .where('userIdentities.subject', '=', identity.subject)
    .executeTakeFirst();

/** Links an account of the provider with a user; done before is done. */
export const insertIdentity = async (
  db: Database,
  identity: { issuer: string; subject: string; userId: UserId; createdAt: Date },
): Promise<void> => {
  await db
    .insertInto('userIdentities')
    .values(identity)
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .execute();
};
