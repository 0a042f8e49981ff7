import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer, type BucketLog, type BucketServer } from '@windlass/bucket';
import { renderSamplePictures } from '@windlass/images/samples';
import { checkReport, type CheckReport, type ConnectionId, type TeamId } from '@windlass/contract';
import { expect, test } from 'vitest';
import { createAccountsApp } from '../../../../../tests/support/accounts-app.ts';
import { makeMember } from '../../../../../tests/support/people.ts';
import { freePort } from '../../../../../tests/support/free-port.ts';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { hintOf } from '../../platform/s3/index.ts';
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
  /** Calls that the bucket has answered, as `demo PutObject`: who, and what. */
  calls: string[];
  /** Starts the bucket over the same folder on another port, and gives it to the demo. */
  moveBucket(): Promise<DemoDeps>;
  keysOf(teamId: TeamId, connectionId: ConnectionId): Promise<string[]>;
}

const onlyConnection = ({ db }: TestDatabase) =>
  db.selectFrom('connections').selectAll().executeTakeFirstOrThrow();

/** The stored report of the last check, by the state of its rows. */
const reportOf = (lastCheck: unknown): CheckReport & { rowsIn(state: string): string[] } => {
  const report = checkReport.parse(lastCheck);
  return {
    ...report,
    rowsIn: (state) => report.rows.filter((row) => row.state === state).map(({ id }) => id),
  };
};

const createWorld = async ({ db }: TestDatabase): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-demo-'));
  const cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rm(folder, { recursive: true }));
  const calls: string[] = [];
  const log: BucketLog = ({ user, operation }) => void calls.push(`${user} ${operation}`);
  const startBucket = (port: number): Promise<BucketServer> =>
    createBucketServer({ dataDirectory: folder, host: '127.0.0.1', port, region: 'us-east-1', log });
  let bucket = await startBucket(0);
  cleanup.defer(() => bucket[Symbol.asyncDispose]());
  const clock = systemClock;
  const guard = createEndpointGuard({ allow: ['127.0.0.1'] });
  const vault = createVault(keyring);
  const connections = cleanup.use(
    createConnectionsService({
      db,
      access: createTeamAccess({ db }),
      vault,
      guard,
      clock,
      log: silentLog,
      platform: createPlatformIdentity({ guard, keys: [] }),
      issuer: createIdentityIssuer({ db, vault, clock, publicUrl: () => 'http://localhost:7400' }),
      publicUrl: () => 'http://localhost:7400',
      jobs: { enqueue: async () => null },
      onStateChange: async () => {},
      uses: [],
    }),
  );
  const { teams } = cleanup.use(await createAccountsApp({ db }));
  const sources: DemoSource[] = [];
  const deps: DemoDeps = {
    db,
    clock,
    log: silentLog,
    region: 'us-east-1',
    bucket,
    ensureDemoTeam: (name) => teams.ensureDemoTeam(name),
    connections,
    ensureDemoSource: async (source) => {
      if (!sources.some(({ name }) => name === source.name)) sources.push(source);
      return newId('src');
    },
    renderPictures: async () => picture,
  };
  return {
    connections,
    sources,
    calls,
    deps,
    moveBucket: async () => {
      // Found while the old one still holds its own.
      const port = await freePort();
      await bucket[Symbol.asyncDispose]();
      bucket = await startBucket(port);
      return { ...deps, bucket };
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
  const connection = await onlyConnection(database);
  expect(connection).toMatchObject({
    name: 'demo',
    provider: 'embedded',
    demo: true,
    state: 'active',
    bucket: 'demo',
  });
  expect(await world.keysOf(team.id, connection.id)).toEqual(['moon-phases.gif']);
  expect(world.sources).toMatchObject([
    { name: 'demo', connectionId: connection.id, defaultParameters: 'format=webp' },
  ]);
});

test('gives the connection a key that may what its job needs, and nothing else', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);

  const connection = await onlyConnection(database);
  const report = reportOf(connection.lastCheck);
  expect(report.rowsIn('ok')).toEqual(report.rows.map(({ id }) => id));
  expect(report).toMatchObject({ fullAccess: false });
  // All that could be tried was: what is well here is known, not left open.
  expect(report.rows.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['list', 'get', 'put', 'delete', 'listBuckets', 'readPolicy', 'location']),
  );
  const user = world.deps.bucket.iam.getUser('demo-deliver');
  expect(user).toMatchObject({ standing: 'policies', policies: [{ name: 'deliver' }] });
  expect(connection.accessKeyIdHint).toBe(hintOf(user.accessKeys[0]?.accessKeyId ?? ''));
  const opened = await world.connections.openBucket(connection.teamId, connection.id);
  await expect(opened.putObject('mine.txt', new Uint8Array([1]), { signal: never })).rejects.toMatchObject({
    code: 'originFailed',
  });
  expect(world.calls.filter((call) => call === 'demo PutObject')).toHaveLength(1);
});

test('lets pages read from the bucket, with what a cache and a player look for', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const preflight = (method: string) =>
    fetch(`${world.deps.bucket.url}/demo/moon-phases.gif`, {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': method },
      signal: AbortSignal.timeout(5000),
    });
  const read = await preflight('GET');
  expect(read.status).toBe(200);
  expect(read.headers.get('access-control-expose-headers')).toMatch(/ETag.*Content-Range/);
  expect((await preflight('PUT')).status).toBe(403);
});

test('goes on where a killed start stopped', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  const broken = createDemoService({
    ...world.deps,
    ensureDemoSource: async () => {
      throw new Error('killed');
    },
  });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  const { credentialsSealed } = await onlyConnection(database);
  world.calls.length = 0;
  await createDemoService(world.deps).ensure(never);
  expect(world.calls).toContain('demo ListObjectsV2');
  expect(world.calls).not.toContain('demo PutObject');
  expect(world.sources).toHaveLength(1);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toHaveLength(1);
  expect((await onlyConnection(database)).credentialsSealed).toEqual(credentialsSealed);
});

test('does not bring back what was removed, not even when the bucket moves', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  await database.db.deleteFrom('connections').execute();
  await createDemoService(await world.moveBucket()).ensure(never);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toEqual([]);
});

test('follows the embedded bucket to another port, time and again', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const before = await onlyConnection(database);
  for (const _ of [1, 2]) {
    const moved = await world.moveBucket();
    await createDemoService(moved).ensure(never);
    const after = await onlyConnection(database);
    expect(after).toMatchObject({ id: before.id, endpoint: moved.bucket.url, state: 'active' });
  }
});

test('keeps the credentials that a person gave the demo, and the place that they led it to', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const made = await onlyConnection(database);
  // As a first run of earlier times left it, too.
  const owner = await world.deps.bucket.ensureUser({ name: 'demo' });
  const person = await makeMember(database.db, made.teamId, 'owner');
  await world.connections.replaceCredentials(
    person,
    { teamId: made.teamId, connectionId: made.id },
    {
      kind: 'accessKey',
      accessKeyId: owner.accessKeyId,
      secretAccessKey: owner.secretAccessKey,
      force: false,
    },
  );
  const given = await onlyConnection(database);
  await createDemoService(await world.moveBucket()).ensure(never);
  const followed = await onlyConnection(database);
  expect(followed).toMatchObject({ state: 'active', credentialsSealed: given.credentialsSealed });
  expect(reportOf(followed.lastCheck).fullAccess).toBe(true);

  await database.db.updateTable('connections').set({ endpoint: 'http://127.0.0.1:9' }).execute();
  await createDemoService(await world.moveBucket()).ensure(never);
  expect((await onlyConnection(database)).endpoint).toBe('http://127.0.0.1:9');
});
