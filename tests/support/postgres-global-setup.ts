import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  createDatabase,
  ensureDatabase,
  migrateToLatest,
  type DatabaseConnection,
} from '../../apps/server/src/platform/db/index.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/postgres/index.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, connected to its migrated template. */
    postgresTemplate: Exclude<DatabaseConnection, string>;
  }
}

/** Projects whose tests copy the database. */
const projectsThatCopy: ReadonlySet<string> = new Set([
  'database',
  'conformance',
  'security',
  'e2e',
  'alone',
]);

/** One PostgreSQL for a vitest run, whatever projects are in it, with a migrated database that every test copies. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  if (!project.vitest.projects.some(({ name }) => projectsThatCopy.has(name))) return async () => {};
  const dataDirectory = await mkdtemp(join(tmpdir(), 'windlass-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    log: silentLog,
    // Nothing here has to survive a power failure, and the workers share two cores.
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300' },
  });
  const stop = async (): Promise<void> => {
    await postgres[Symbol.asyncDispose]();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    project.provide('postgresTemplate', await makeTemplate(postgres.connection));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
};

const makeTemplate = async (server: DatabaseConnection): Promise<Exclude<DatabaseConnection, string>> => {
  if (typeof server === 'string') throw new Error('The embedded server has no URL.');
  const template = { ...server, database: 'windlass_template' };
  await ensureDatabase(server, template.database);
  await using database = createDatabase({ connection: template, maxConnections: 1 });
  await migrateToLatest(database.db);
  return template;
};
