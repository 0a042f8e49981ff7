import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer } from '@windlass/bucket';
import { renderSamplePictures } from '@windlass/images/samples';
import type { ConnectionId, TeamId } from '@windlass/contract';
import { expect, test } from 'vitest';
import { createAccountsApp } from '../../../../../tests/support/accounts-app.ts';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { createIdentityIssuer } from '../identity/index.ts';
import {
  createPlatformIdentity,
  createConnectionsService,
  type ConnectionsService,
} from '../connections/index.ts';
import { createTeamAccess } from '../teams/index.ts';
import { createDemoService, type DemoDeps, type DemoSource } from './index.ts';

const keyring = createKeyring([{ kid: 'k1', key: randomBytes(32) }]);
const picture = await renderSamplePictures({ only: ['moon-phases.gif'] });
const never = new AbortController().signal;

interface World extends AsyncDisposable {
  deps: DemoDeps;
  connections: ConnectionsService;
  sources: DemoSource[];
  keysOf(teamId: TeamId, connectionId: ConnectionId): Promise<string[]>;
}

const startBucket = (dataDirectory: string) =>
  createBucketServer({ dataDirectory, host: '127.0.0.1', port: 0, region: 'us-east-1' });

const createWorld = async ({ db }: TestDatabase): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-demo-'));
  const cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true }));
  const bucket = cleanup.use(await startBucket(folder));
  const clock = systemClock;
  const log = silentLog;
  const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
  const vault = createVault(keyring);
  const connections = cleanup.use(
    createConnectionsService({
      db,
      access: createTeamAccess({ db }),
      vault,
      guard,
      clock,
      log,
      platform: createPlatformIdentity({ guard, keys: [] }),
      issuer: createIdentityIssuer({ db, vault, clock, publicUrl: () => 'http://localhost:7400' }),
      publicUrl: () => 'http://localhost:7400',
      jobs: { enqueue: async () => null },
      onStateChange: async () => {},
    }),
  );
  const { teams } = cleanup.use(await createAccountsApp({ db }));
  const sources: DemoSource[] = [];
  return {
    connections,
    sources,
    deps: {
      db,
      clock,
      log,
      region: 'us-east-1',
      bucket,
      ensureDemoTeam: (name) => teams.ensureDemoTeam(name),
      connections,
      ensureDemoSource: async (source) => {
        if (!sources.some(({ name }) => name === source.name)) sources.push(source);
        return newId('src');
      },
      renderPictures: async () => picture,
    },
    keysOf: async (teamId, connectionId) => {
      const opened = await connections.openBucket(teamId, connectionId);
      return (await opened.listObjects({ signal: never })).objects.map(({ key }) => key);
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
};

test('makes a demo that works, once', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  const demo = createDemoService(world.deps);
  await demo.ensure(never);
  await demo.ensure(never);

  const team = await database.db.selectFrom('teams').selectAll().executeTakeFirstOrThrow();
  expect(team.demo).toBe(true);
  expect(await database.db.selectFrom('memberships').selectAll().execute()).toEqual([]);
  const connection = await database.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
  expect(connection).toMatchObject({ name: 'demo', demo: true, state: 'active', bucket: 'demo' });
  expect(await world.keysOf(team.id, connection.id)).toEqual(['moon-phases.gif']);
  expect(world.sources).toMatchObject([
    { name: 'demo', connectionId: connection.id, defaultParameters: 'format=webp' },
  ]);
});

test('goes on where a killed start stopped', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  let puts = 0;
  const broken = createDemoService({
    ...world.deps,
    ensureDemoSource: async () => {
      throw new Error('killed');
    },
  });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  const counting = createDemoService({
    ...world.deps,
    connections: {
      ...world.connections,
      ensureDemo: (given) => world.connections.ensureDemo(given),
      openBucket: async (...where) => {
        const opened = await world.connections.openBucket(...where);
        return {
          ...opened,
          putObject: async (...given) => {
            puts += 1;
            await opened.putObject(...given);
          },
        };
      },
    },
  });
  await counting.ensure(never);
  expect(puts).toBe(0);
  expect(world.sources).toHaveLength(1);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toHaveLength(1);
});

test('does not bring back what was removed, not even when the bucket moves', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  await database.db.deleteFrom('connections').execute();
  const moved = { ...world.deps.bucket, url: 'http://127.0.0.1:9' };
  await createDemoService({ ...world.deps, bucket: moved }).ensure(never);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toEqual([]);
});

test('follows the embedded bucket to another port', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const before = await database.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
  await using otherFolder = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'windlass-demo-'));
  otherFolder.defer(() => rm(folder, { recursive: true }));
  const bucket = otherFolder.use(await startBucket(folder));
  await createDemoService({ ...world.deps, bucket }).ensure(never);
  const after = await database.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
  expect(after.endpoint).toBe(bucket.url);
  expect(after.id).toBe(before.id);
  expect(after.state).toBe('active');
});
