import { sql } from 'kysely';
import { createDatabase, type DatabaseConnection } from './database.ts';

/** SQLSTATE 42P04 duplicate_database (PostgreSQL, Appendix A). */
const duplicateDatabase = '42P04';

/** Makes the database `name` on the server of `connection` unless it is there. */
export const ensureDatabase = async (connection: DatabaseConnection, name: string): Promise<void> => {
  await using server = createDatabase({ connection, maxConnections: 1 });
  const found = await sql`select 1 from pg_database where datname = ${name}`.execute(server.db);
  if (found.rows.length > 0) return;
  try {
    await sql`create database ${sql.id(name)}`.execute(server.db);
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof Error && 'code' in error && error.code === duplicateDatabase)) throw error;
  }
};
