import type { Config } from '../../../../apps/server/src/config/config.ts';
import {
  createDatabase,
  migrationState,
  pingDatabase,
  type Database,
  type DatabaseConnection,
} from '../../../../apps/server/src/platform/db/index.ts';
import {
  clusterDirectory,
  inspectEmbeddedPostgres,
  openSocket,
} from '../../../../apps/server/src/platform/postgres/index.ts';
import { describeError, fail, ok, warn, type Row } from './row.ts';

const oldestMajor = 15;
const pingMilliseconds = 5_000;
/** S3 refuses a request that is off by 15 minutes; sessions and links notice far less. */
const skewMilliseconds = 5_000;

/** Is PostgreSQL there, fit, up to date, and of the same time as we. */
export const checkDatabase = async (config: Config, running: boolean): Promise<Row[]> => {
  if (config.databaseUrl !== null)
    return checkConnection(
      'DATABASE_URL',
      config.databaseUrl.reveal(),
      'Check DATABASE_URL and that the server runs.',
    );
  if (!running) return [await checkStopped(config.dataDirectory)];
  using socket = openSocket(clusterDirectory(config.dataDirectory));
  return await checkConnection('embedded', socket.connection, 'Look into the log of the running Windlass.');
};

const checkConnection = async (
  kind: string,
  connection: DatabaseConnection,
  next: string,
): Promise<Row[]> => {
  await using database = createDatabase({
    connection,
    maxConnections: 1,
    connectTimeoutMilliseconds: pingMilliseconds,
  });
  try {
    const { version, now } = await pingDatabase(database.db, AbortSignal.timeout(pingMilliseconds));
    const apart = Math.abs(now.getTime() - Date.now());
    return [
      Number.parseInt(version, 10) < oldestMajor
        ? fail('PostgreSQL', `${version} (${kind})`, `Windlass needs PostgreSQL ${oldestMajor} or later.`)
        : ok('PostgreSQL', `${version} (${kind})`),
      await checkMigrations(database.db),
      apart > skewMilliseconds
        ? warn(
            'Clock',
            `${(apart / 1000).toFixed(1)} s apart from the database's`,
            'Keep both clocks right with NTP.',
          )
        : ok('Clock', `with the database's to ${apart} ms`),
    ];
  } catch (error) {
    // The message of a failed connection names host and user, never the password.
    return [fail('PostgreSQL', `${describeError(error)} (${kind})`, next)];
  }
};

const checkMigrations = async (db: Database): Promise<Row> => {
  const { pending, unknown } = await migrationState(db);
  if (unknown.length > 0)
    return fail(
      'Schema',
      `made by a newer release (${unknown.join(', ')})`,
      'Start that release or a later one.',
    );
  return pending.length > 0
    ? warn('Schema', `${pending.length} steps behind`, 'They are taken at the next start.')
    : ok('Schema', 'up to date');
};

const checkStopped = async (dataDirectory: string): Promise<Row> => {
  const name = 'PostgreSQL';
  try {
    const { clusterMajor, binariesMajor } = await inspectEmbeddedPostgres(dataDirectory);
    if (clusterMajor === null) return ok(name, `${binariesMajor} (embedded, made at the first start)`);
    return clusterMajor === binariesMajor
      ? ok(name, `${binariesMajor} (embedded, not running)`)
      : fail(
          name,
          `the data is of PostgreSQL ${clusterMajor}, and this release brings ${binariesMajor}`,
          'Start the earlier release and dump it with pg_dump, or convert the folder with pg_upgrade.',
        );
  } catch (error) {
    return fail(name, describeError(error), 'Mend this, or set DATABASE_URL.');
  }
};
