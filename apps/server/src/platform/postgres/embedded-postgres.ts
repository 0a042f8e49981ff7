import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../kernel/log.ts';
import { ensureDatabase, type DatabaseConnection } from '../db/index.ts';
import { findBinaries } from './binaries.ts';
import { prepareCluster } from './cluster.ts';
import { stopLeftoverServer } from './leftover-server.ts';
import { chooseUser } from './run-as.ts';
import { clusterDirectory, openSocket } from './socket.ts';
import { startServer, type ServerProcess } from './server-process.ts';

/** A local PostgreSQL in the data folder, kept alive until it is disposed of. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** For `createDatabase`; stays valid over restarts of the server. Valid in this process only. */
  readonly connection: DatabaseConnection;
  /** The process number of the server that runs now. */
  readonly pid: number;
}

interface EmbeddedPostgresOptions {
  /** Its lock is held by the caller (`lockDataDirectory`). */
  dataDirectory: string;
  log: Log;
  /** Gives up the start. */
  signal?: AbortSignal;
  /** Settings of the server over ours, e.g. `{ fsync: 'off' }` in a test. */
  settings?: Record<string, string>;
}

/**
 * Starts PostgreSQL in `dataDirectory/postgres` on a unix socket, without TCP: it makes the cluster at the first run, ends
 * what an earlier run left behind, runs under a user of its own when we are root, and starts it again after a crash.
 *
 * @throws Error that says what to do: another major version, a system without binaries, a folder of another user
 * @example
 * await using postgres = await startEmbeddedPostgres({ dataDirectory, log });
 * await using database = createDatabase({ connection: postgres.connection, maxConnections: 10 });
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { log, settings = {} } = options;
  const home = resolve(options.dataDirectory, 'postgres');
  const cluster = clusterDirectory(options.dataDirectory);
  const stopping = new AbortController();
  const starting = AbortSignal.any([
    stopping.signal,
    ...(options.signal === undefined ? [] : [options.signal]),
  ]);

  const runAs = await chooseUser(cluster);
  const binaries = await findBinaries({ runAs, privateDirectory: home });
  await prepareCluster({ cluster, binaries, runAs, signal: starting });

  const launch = async (signal: AbortSignal): Promise<ServerProcess> => {
    await stopLeftoverServer(cluster, log);
    return startServer({ cluster, binaries, runAs, settings, log, signal });
  };
  let server = await launch(starting);
  const socket = openSocket(cluster);
  const { connection } = socket;
  const supervision = supervise();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await server.stop();
    await supervision;
    socket[Symbol.dispose]();
  };
  try {
    await ensureDatabase({ ...connection, database: 'postgres' }, connection.database);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connection,
    get pid() {
      return server.pid;
    },
    [Symbol.asyncDispose]: stop,
  };

  /** Brings the server back whenever it ends, ever more slowly when it does not stay. */
  async function supervise(): Promise<void> {
    let failures = 0;
    let startedAt = performance.now();
    for (;;) {
      const reason = await server.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > longEnoughMilliseconds) failures = 0;
      const waitMilliseconds = Math.min(100 * 2 ** failures, 10_000);
      failures += 1;
      log.error({ reason, waitMilliseconds }, 'PostgreSQL ended by itself; starting it again');
      try {
        await delay(waitMilliseconds, undefined, { signal: stopping.signal });
        server = await launch(stopping.signal);
        startedAt = performance.now();
        log.info({ pid: server.pid }, 'PostgreSQL is back');
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error }, 'PostgreSQL could not be started again');
      }
    }
  }
};

/** A server that ran this long was healthy: its next failure is a first one. */
const longEnoughMilliseconds = 60_000;
