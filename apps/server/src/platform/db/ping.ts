import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Asks the server for one row. Resolves when it answered; rejects when it could not or when `signal` fired first.
 *
 * @example await pingDatabase(db, AbortSignal.timeout(2_000));
 */
export const pingDatabase = async (db: Database, signal: AbortSignal): Promise<void> => {
  await sql`select 1`.execute(db, { signal });
};
