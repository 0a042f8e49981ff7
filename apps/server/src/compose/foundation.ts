import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { verifyKeyring } from '../platform/crypto/keyring-canary.ts';
import { openKeyringFile } from '../platform/crypto/keyring-file.ts';
import { parseKeyring, type Keyring } from '../platform/crypto/keyring.ts';
import { createVault, type Vault } from '../platform/crypto/vault.ts';
import {
  createDatabase,
  migrateToLatest,
  type Database,
  type DatabaseConnection,
  type DatabaseHandle,
} from '../platform/db/index.ts';
import { lockDataDirectory, startEmbeddedPostgres } from '../platform/postgres/index.ts';
import { createMetrics, type Metrics } from '../platform/telemetry/metrics.ts';

/** What everything else stands on. */
export interface Foundation {
  config: Config;
  log: Log;
  clock: Clock;
  metrics: Metrics;
  db: Database;
  connection: DatabaseConnection;
  vault: Vault;
}

const maxConnections = 10;

const openKeyring = async ({ keyring, dataDirectory }: Config): Promise<Keyring> => {
  if (keyring !== null) return parseKeyring(keyring);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  return openKeyringFile(join(dataDirectory, 'keyring'));
};

const countConnections = (metrics: Metrics, { poolCounts }: DatabaseHandle): void => {
  metrics.gauge('windlass_database_connections', 'Open database connections', () => poolCounts().total);
  metrics.gauge('windlass_database_connections_idle', 'Of these, unused', () => poolCounts().idle);
  metrics.gauge('windlass_database_waiting', 'Callers that wait for one', () => poolCounts().waiting);
};

/**
 * Data folder, database, schema, keys; whatever must be closed goes on `stack`. Processes that share a DATABASE_URL may
 * share a data folder too; it belongs to one process alone only when a server of ours keeps its data there.
 */
export const layFoundation = async (
  config: Config,
  log: Log,
  stack: AsyncDisposableStack,
): Promise<Foundation> => {
  const { dataDirectory, databaseUrl } = config;
  if (databaseUrl === null || config.bucket === 'embedded') stack.use(await lockDataDirectory(dataDirectory));

  const connection =
    databaseUrl === null
      ? stack.use(await startEmbeddedPostgres({ dataDirectory, log: log.child({ part: 'postgres' }) }))
          .connection
      : databaseUrl.reveal();
  const metrics = createMetrics();
  const database = stack.use(
    createDatabase({
      connection,
      maxConnections,
      onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
    }),
  );
  countConnections(metrics, database);

  const steps = await migrateToLatest(database.db);
  if (steps.length > 0) log.info({ steps }, 'the database was brought up to date');

  const keyring = await openKeyring(config);
  const vault = createVault(keyring);
  await verifyKeyring({ db: database.db, keyring, vault, clock: systemClock });
  return { config, log, clock: systemClock, metrics, db: database.db, connection, vault };
};
