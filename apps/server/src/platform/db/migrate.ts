import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

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
 * at once; one works and the others wait for its advisory lock. Returns the names of the steps taken here.
 *
 * @throws Error that says what to do when the database belongs to a newer release
 */
export const migrateToLatest = (db: Database): Promise<string[]> =>
  db.connection().execute(async (connection) => {
    // An index on a large table, and the wait for another process that makes one, take longer than any request may.
    await sql`set statement_timeout = 0`.execute(connection);
    try {
      return await takePendingSteps(connection);
    } finally {
      await sql`reset statement_timeout`.execute(connection);
    }
  });

const takePendingSteps = async (connection: Database): Promise<string[]> => {
  const { unknown } = await migrationState(connection);
  if (unknown.length > 0) throw new Error(newerDatabase(unknown));
  const migrator = new Migrator({
    db: connection,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error');
    throw new Error(
      `The database could not be brought up to date${failed === undefined ? '' : ` (step ${failed.migrationName})`}. ` +
        `Nothing was changed.`,
      { cause: error },
    );
  }
  return results.map((result) => result.migrationName);
};

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
