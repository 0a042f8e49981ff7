import { sql, type Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type IdentityKeyRow = Selectable<Tables['identityKeys']>;

/** Any number that nothing else locks. */
const keysLock = 7_400_001;

/** Every key; there are three at most. */
export const listKeys = (db: Database): Promise<IdentityKeyRow[]> =>
  db.selectFrom('identityKeys').selectAll().orderBy('usableFrom').execute();

/** One process at a time changes the keys; the others wait, and then find them changed. */
export const changeKeys = (db: Database, change: (transaction: Database) => Promise<void>): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${keysLock})`.execute(transaction);
    await change(transaction);
  });

export const insertKey = async (
  db: Database,
  { publicJwk, ...row }: Omit<IdentityKeyRow, 'publicJwk'> & { publicJwk: object },
): Promise<void> => {
  await db
    .insertInto('identityKeys')
    .values({ ...row, publicJwk: JSON.stringify(publicJwk) })
    .execute();
};

export const deleteKeys = async (db: Database, kids: readonly string[]): Promise<void> => {
  if (kids.length > 0) await db.deleteFrom('identityKeys').where('kid', 'in', kids).execute();
};

/** Puts the newly wrapped text in place, unless it was replaced meanwhile. */
export const replaceSealedKey = async (
  db: Database,
  kid: string,
  before: string,
  after: string,
): Promise<void> => {
  await db
    .updateTable('identityKeys')
    .set({ privateSealed: after })
    .where('kid', '=', kid)
    .where('privateSealed', '=', before)
    .execute();
};
