import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import {
  createDatabase,
  type Database,
  type DatabaseConnection,
} from '../../apps/server/src/platform/db/index.ts';

/** A database of one test, with the whole schema and no rows; disposing drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly connection: DatabaseConnection;
  /** The same as DATABASE_URL, for a server in a child process. */
  readonly url: string;
}

/**
 * Copies the migrated template of the run (tests/support/postgres-global-setup.ts).
 *
 * @example await using database = await createTestDatabase();
 */
export const createTestDatabase = async ({ maxConnections = 5 } = {}): Promise<TestDatabase> => {
  const template = inject('postgresTemplate');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const connection = { ...template, database: name };
  await runOnServer(template, `create database ${name} template ${template.database}`);
  const handle = createDatabase({ connection, maxConnections });
  return {
    db: handle.db,
    connection,
    url: `postgres://${template.user}@${encodeURIComponent(template.host)}:${template.port}/${name}`,
    async [Symbol.asyncDispose]() {
      await handle[Symbol.asyncDispose]();
      await runOnServer(template, `drop database if exists ${name} with (force)`);
    },
  };
};

const runOnServer = async (
  template: { host: string; port: number; user: string },
  statement: string,
): Promise<void> => {
  const client = new Client({ ...template, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
