import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import type { Tables } from './tables/index.ts';

/** What stores take. A Kysely transaction is one too. */
export type Database = Kysely<Tables>;

/** Where PostgreSQL listens: a `postgres://` URL, or the folder of a unix socket. */
export type DatabaseConnection =
  | string
  | { host: string; port: number; user: string; database: string; password?: string };

/** A pool of connections with the query builder on top; disposing waits for running queries and closes them. */
export interface DatabaseHandle extends AsyncDisposable {
  readonly db: Database;
  readonly connection: DatabaseConnection;
  /** Connections that are open, open but unused, and callers that wait for one. */
  poolCounts(): { total: number; idle: number; waiting: number };
}

interface DatabaseOptions {
  connection: DatabaseConnection;
  maxConnections: number;
  /** The server ends a statement that runs longer. Default 30 s. */
  statementTimeoutMilliseconds?: number;
  /** How long a query waits for a free connection, or for a new one to be made. Default 10 s. */
  connectTimeoutMilliseconds?: number;
  /** Told of each idle connection that is lost; the pool makes a new one for the next query. */
  onConnectionLost?: (error: Error) => void;
}

/**
 * Opens a pool. No connection is made before the first query, so this cannot fail on a server that is away.
 *
 * @example
 * await using database = createDatabase({ connection: 'postgres://localhost/windlass', maxConnections: 10 });
 * await database.db.selectFrom('teams').selectAll().execute();
 */
export const createDatabase = (options: DatabaseOptions): DatabaseHandle => {
  const pool = new Pool({
    ...toPoolConfig(options.connection),
    max: options.maxConnections,
    connectionTimeoutMillis: options.connectTimeoutMilliseconds ?? 10_000,
    idleTimeoutMillis: 30_000,
    // A request that died with its node must not hold locks for long.
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: options.statementTimeoutMilliseconds ?? 30_000,
    keepAlive: true,
    application_name: 'windlass',
  });
  // Without a listener, the loss of an idle connection would end the process.
  let closing = false;
  pool.on('error', (error) => {
    // pool.end() does not wait for the last goodbye of each connection.
    if (!closing) options.onConnectionLost?.(error);
  });
  // A checked-out connection fails its own query; this keeps the second report, after the query, from being fatal.
  pool.on('connect', (client) => client.on('error', () => {}));

  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    // Keys inside a jsonb column belong to whoever wrote them.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return {
    db,
    connection: options.connection,
    poolCounts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    [Symbol.asyncDispose]: () => {
      closing = true;
      return db.destroy();
    },
  };
};

const toPoolConfig = (connection: DatabaseConnection): PoolConfig =>
  typeof connection === 'string' ? { connectionString: connection } : connection;
