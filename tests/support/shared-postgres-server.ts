import { startServer, type ServerOptions, type ServerProcess } from './server-process.ts';
import { createTestDatabase } from './test-database.ts';

const sharing = { WINDLASS_BUCKET: 'embedded', WINDLASS_DEMO: 'false' };

/**
 * Starts the server as `startServer` does, on a database of its own in the PostgreSQL of the run. With a PostgreSQL that
 * it brings itself a start takes twice the processor time; what that is for is tested in tests/crash. The embedded bucket
 * is there, and the demo is not, unless the environment says otherwise.
 *
 * @example await using server = await startSharedPostgresServer({ env: ownerEnvironment });
 */
export const startSharedPostgresServer = async (options: ServerOptions = {}): Promise<ServerProcess> => {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase({ maxConnections: 1 }));
  const server = stack.use(
    await startServer({ ...options, env: { ...sharing, DATABASE_URL: database.url, ...options.env } }),
  );
  const owned = stack.move();
  return {
    ...server,
    get exited() {
      return server.exited;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
