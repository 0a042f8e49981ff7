import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { compose, type Program } from '../../apps/server/src/compose.ts';
import { createConfig } from '../../apps/server/src/config/config.ts';
import { readSettings } from '../../apps/server/src/config/read-settings.ts';
import type { Database } from '../../apps/server/src/platform/db/index.ts';
import { owner } from './owner.ts';
import { createTestDatabase } from './test-database.ts';

/** A whole server in this process, with an owner, a database of its own, and neither demo nor embedded bucket. */
export interface ComposedProgram extends AsyncDisposable {
  program: Program;
  db: Database;
}

/** @param environment says more than the usual, or otherwise */
export const startComposedProgram = async (environment: Record<string, string>): Promise<ComposedProgram> => {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'windlass-composed-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const database = stack.use(await createTestDatabase({ maxConnections: 1 }));
  const read = readSettings(
    {
      DATABASE_URL: database.url,
      WINDLASS_DATA: directory,
      WINDLASS_HOST: '127.0.0.1',
      WINDLASS_PORT: '0',
      WINDLASS_IMAGES_PORT: '0',
      WINDLASS_BUCKET: 'off',
      WINDLASS_DEMO: 'false',
      WINDLASS_ROLE: 'web',
      WINDLASS_OWNER_EMAIL: owner.email,
      WINDLASS_OWNER_PASSWORD: owner.password,
      ...environment,
    },
    [],
  );
  if (read.kind !== 'given') throw new Error(JSON.stringify(read));
  const program = stack.use(await compose(createConfig(read.given, '0.0.0'), pino({ level: 'silent' })));
  const owned = stack.move();
  return { program, db: database.db, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
