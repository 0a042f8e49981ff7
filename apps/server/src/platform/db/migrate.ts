import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/** Any fixed number; it says "the schema of Windlass" to every process on this database. */
const schemaLock = 7_400_740_174_027_401n;

/** Which steps the database has yet to take, and which it has that this release does not know. */
export interface MigrationState {
  pending: string[];
  unknown: string[];
}

/** Compares the database with the code, and changes nothing. */
export const migrationState = async (db: Database): Promise<MigrationState> => {
  const known = Object.keys(migrations);
  const applied = await appliedMigrations(db);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
};

/**
 * Brings the schema up to this release, in one transaction: all pending steps or none. Several processes may call it
 * at once; one works and the others wait. Returns the names of the steps taken here.
 *
 * @throws Error that says what to do when the database belongs to a newer release
 */
export const migrateToLatest = (db: Database): Promise<string[]> =>
  db.transaction().execute(async (transaction) => {
    // An index on a large table takes longer than any request may.
    await sql`set local statement_timeout = 0`.execute(transaction);
    // Kysely's own lock is let go before the commit; this one lasts until it.
    await sql`select pg_advisory_xact_lock(${schemaLock})`.execute(transaction);
    const { unknown } = await migrationState(transaction);
    if (unknown.length > 0) throw new Error(newerDatabase(unknown));

    const migrator = new Migrator({
      db: transaction,
      provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Error('The database could not be brought up to date.', { cause: error });
    return results.map((result) => result.migrationName);
  });

const appliedMigrations = async (db: Database): Promise<string[]> => {
  const table = await sql<{
    found: boolean;
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (table.rows[0]?.found !== true) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
};

const newerDatabase = (unknown: string[]): string =>
  `This database was made by a newer release of Windlass (it has ${unknown.join(', ')}). ` +
  `Start that release or a later one, or use another database.`;
