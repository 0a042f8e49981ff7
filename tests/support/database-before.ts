import { sql, type Kysely } from 'kysely';
import { migrations } from '../../apps/server/src/platform/db/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A database as it was before one step of the schema. */
export interface EarlierDatabase extends TestDatabase {
  /** Takes that step and all later ones. */
  migrate(): Promise<void>;
}

/** @example await using database = await createDatabaseBefore('0007-proven-connections'); */
export const createDatabaseBefore = async (step: keyof typeof migrations): Promise<EarlierDatabase> => {
  const database = await createTestDatabase({ maxConnections: 1 });
  const { db } = database;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const steps = Object.entries(migrations).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const index = steps.findIndex(([name]) => name === step);
  const run = async (some: typeof steps): Promise<void> => {
    // Steps know no tables: those of the later ones are not there yet.
    for (const [, migration] of some) await migration.up(db as unknown as Kysely<unknown>);
  };
  await run(steps.slice(0, index));
  return { ...database, migrate: () => run(steps.slice(index)) };
};
