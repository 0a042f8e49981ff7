import { sql } from 'kysely';
import type { Database } from './database.ts';

/** What the server says of itself. */
export interface DatabasePing {
  /** E.g. `18.4`. */
  version: string;
  /** Its clock. */
  now: Date;
}

/**
 * Asks the server for one row. Rejects when it could not answer or when `signal` fired first.
 *
 * @example await pingDatabase(db, AbortSignal.timeout(2_000));
 */
export const pingDatabase = async (db: Database, signal: AbortSignal): Promise<DatabasePing> => {
  const { rows } = await sql<DatabasePing>`
    select split_part(current_setting('server_version'), ' ', 1) as version, clock_timestamp() as now`.execute(
    db,
    {
      signal,
    },
  );
  const [answer] = rows;
  if (answer === undefined) throw new Error('PostgreSQL answered without a row.');
  return answer;
};
