import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer, type BucketLog, type BucketServer } from '@windlass/bucket';
import { renderSamplePictures } from '@windlass/images/samples';
import { checkReport, type CheckReport, type ConnectionId, type TeamId } from '@windlass/contract';
import { expect, test } from 'vitest';
import { createAccountsApp, testPasswords } from '../../../../../tests/support/accounts-app.ts';
import { makeMember } from '../../../../../tests/support/people.ts';
import { freePort } from '../../../../../tests/support/free-port.ts';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { createDatabaseRateLimiter } from '../../platform/db/index.ts';
import { createMailer } from '../../platform/mail/index.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { hintOf } from '../../platform/s3/index.ts';
import { createDownloadsService } from '../downloads/index.ts';
import {
  createDropsService,
  createOrderLimits,
  createReceiveFiles,
  dropsOnConnections,
  type DropsService,
} from '../drops/index.ts';
import { createIdentityIssuer } from '../identity/index.ts';
import {
  createPlatformIdentity,
  createConnectionsService,
  type ConnectionsService,
} from '../connections/index.ts';
import { createTeamAccess } from '../teams/index.ts';
import { createTransfersService, type TransfersService } from '../transfers/index.ts';
import { createDemoService, type DemoDeps, type DemoSource } from './index.ts';

const keyring = createKeyring([{ kid: 'k1', key: randomBytes(32) }]);
const picture = await renderSamplePictures({ only: ['moon-phases.gif'] });
const never = new AbortController().signal;
const publicUrl = 'http://localhost:7400';

interface World extends AsyncDisposable {
  deps: DemoDeps;
  connections: ConnectionsService;
  drops: DropsService;
  sources: DemoSource[];
  /** Calls that the bucket has answered, as `demo PutObject`: who, and what. */
  calls: string[];
  /** Starts the bucket over the same folder on another port, and gives it to the demo. */
  moveBucket(): Promise<DemoDeps>;
  keysOf(teamId: TeamId, connectionId: ConnectionId): Promise<string[]>;
}

const connectionNamed = ({ db }: TestDatabase, name: string) =>
  db.selectFrom('connections').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
const pictureConnection = (database: TestDatabase) => connectionNamed(database, 'demo');
const ordersConnection = (database: TestDatabase) => connectionNamed(database, 'demo-orders');
const ordersOf = ({ db }: TestDatabase) => db.selectFrom('orders').selectAll().execute();

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
  const access = createTeamAccess({ db });
  const jobs = { enqueue: async () => null };
  const connections = cleanup.use(
    createConnectionsService({
      db,
      access,
      vault,
      guard,
      clock,
      log: silentLog,
      platform: createPlatformIdentity({ guard, keys: [] }),
      issuer: createIdentityIssuer({ db, vault, clock, publicUrl: () => publicUrl }),
      publicUrl: () => publicUrl,
      jobs,
      onStateChange: async () => {},
      uses: [
        {
          objection: (...at) => transfers.connectionUse.objection(...at),
          release: (...at) => transfers.connectionUse.release(...at),
        },
        dropsOnConnections({ db }),
      ],
    }),
  );
  const shared = { db, access, clock, log: silentLog, jobs, openBucket: connections.openBucket };
  const transfers: TransfersService = createTransfersService({
    ...shared,
    onReceived: { order: createReceiveFiles({ clock, jobs }) },
    limitsNow: { order: createOrderLimits({ clock }) },
    countReceived: () => {},
  });
  const drops = createDropsService({
    ...shared,
    vault,
    guard,
    connections,
    transfers,
    passwords: testPasswords(),
    webhooks: { publish: async () => {} },
    downloads: createDownloadsService({ ...shared, publicUrl: () => publicUrl }),
    mailer: createMailer(null),
    createRateLimiter: createDatabaseRateLimiter(db),
    hcaptchaVerifyUrl: 'http://127.0.0.1:9/siteverify',
    publicUrl: () => publicUrl,
  });
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
    drops,
    transfers,
    publicUrl,
    ensureDemoSource: async (source) => {
      if (!sources.some(({ name }) => name === source.name)) sources.push(source);
      return newId('src');
    },
    renderPictures: async () => picture,
  };
  return {
    connections,
    drops,
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

/** Where a start ends before its time. */
const killed = async (): Promise<never> => {
  throw new Error('killed');
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
  const connection = await pictureConnection(database);
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

  const connection = await pictureConnection(database);
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

test('takes an order, as a customer sends one, and shows it at the desk', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await ordersConnection(database);
  const person = await makeMember(database.db, teamId, 'owner');

  const { items: pages } = await world.drops.list(person, teamId, { limit: 10 });
  expect(pages).toMatchObject([
    {
      name: 'demo-prints',
      title: 'Order prints',
      demo: true,
      phase: 'open',
      connectionName: 'demo-orders',
      retentionDays: 30,
      retention: { state: 'deletes' },
      orders: { total: 1, open: 1 },
    },
  ]);
  const [summary] = (await world.drops.desk.list(person, teamId, { limit: 10, drafts: false })).items;
  if (summary === undefined) throw new Error('the desk shows no order');
  const order = await world.drops.desk.show(person, { teamId, orderId: summary.id });
  expect(summary.demo).toBe(true);
  expect(order).toMatchObject({ state: 'received', demo: true, access: { readable: true } });
  expect(order.number).toMatch(/^\d\d-00001$/);
  expect(order.items).toMatchObject([
    {
      name: 'moon-phases.gif',
      key: `orders/${order.number}/moon-phases.gif`,
      options: { size: '20x30', finish: 'matte', quantity: 1 },
      checksum: { algorithm: 'sha256' },
    },
  ]);
  const { id } = await ordersConnection(database);
  expect(await world.keysOf(teamId, id)).toEqual(order.items.map(({ key }) => key));
  // Somebody's copy of a demo is theirs.
  const [page] = pages;
  if (page === undefined) throw new Error('there is no page');
  const copy = await world.drops.clone(person, { teamId, dropId: page.id }, { name: 'mine' });
  expect(copy.demo).toBe(false);
});

test('gives the order page a key that may what its jobs need, and nothing else', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const connection = await ordersConnection(database);
  expect(connection).toMatchObject({ demo: true, state: 'active', jobs: ['ingest', 'gallery'] });
  const report = reportOf(connection.lastCheck);
  // What only a browser can try is left to one.
  expect(report.rowsIn('unknown')).toEqual(['browserPut', 'browserGet', 'browserEtag']);
  expect(report.rowsIn('excess')).toEqual([]);
  expect(report.rowsIn('missing')).toEqual([]);
  expect(report).toMatchObject({ fullAccess: false });
  expect(world.deps.bucket.iam.getUser('demo-lab')).toMatchObject({
    standing: 'policies',
    policies: [{ name: 'lab' }],
  });
});

test('lets its own pages upload, by each name of this machine, and no other site', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService({ ...world.deps, publicUrl: 'https://media.example.com' }).ensure(never);
  const preflight = async (origin: string) => {
    const answer = await fetch(`${world.deps.bucket.url}/demo-orders/orders/26-00001/a.jpg`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256',
      },
      signal: AbortSignal.timeout(5000),
    });
    return answer.status;
  };
  expect(await preflight('https://media.example.com')).toBe(200);
  expect(await preflight('http://localhost:7400')).toBe(200);
  expect(await preflight('http://127.0.0.1:40123')).toBe(200);
  expect(await preflight('https://page.example')).toBe(403);
  expect(await preflight('http://localhost.example:7400')).toBe(403);
});

test('makes one order, however far an earlier start came', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  const { deps } = world;
  const pages = { ...deps.drops.pages, submit: killed };
  const broken = createDemoService({ ...deps, drops: { ...deps.drops, pages } });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  await createDemoService(deps).ensure(never);
  await createDemoService(deps).ensure(never);
  const orders = await ordersOf(database);
  // The draft of the start that was killed goes by itself after some days.
  expect(orders.map(({ state }) => state).toSorted()).toEqual(['draft', 'received']);
});

test('leaves a page of somebody else alone that has the name', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await ordersConnection(database);
  await database.db.updateTable('drops').set({ demo: false }).execute();
  await database.db.deleteFrom('orders').execute();
  await database.db.updateTable('firstRun').set({ finishedAt: null }).execute();
  await createDemoService(world.deps).ensure(never);
  expect(await database.db.selectFrom('drops').select(['teamId', 'demo']).execute()).toEqual([
    { teamId, demo: false },
  ]);
  expect(await ordersOf(database)).toEqual([]);
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
    ensureDemoSource: killed,
  });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  const { credentialsSealed } = await pictureConnection(database);
  world.calls.length = 0;
  await createDemoService(world.deps).ensure(never);
  await createDemoService(world.deps).ensure(never);
  expect(world.calls).toContain('demo ListObjectsV2');
  expect(world.calls).not.toContain('demo PutObject');
  expect(world.sources).toHaveLength(1);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toHaveLength(2);
  expect(await ordersOf(database)).toMatchObject([{ state: 'received' }]);
  expect((await pictureConnection(database)).credentialsSealed).toEqual(credentialsSealed);
});

test('does not bring back what was removed, not even when the bucket moves', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await pictureConnection(database);
  const person = await makeMember(database.db, teamId, 'owner');
  for (const { id: connectionId } of await database.db.selectFrom('connections').select('id').execute())
    await world.connections.delete(person, { teamId, connectionId }, true);
  await createDemoService(await world.moveBucket()).ensure(never);
  for (const table of ['connections', 'drops', 'orders'] as const)
    expect(await database.db.selectFrom(table).select('id').execute()).toEqual([]);
});

test('follows the embedded bucket to another port, time and again', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  for (const _ of [1, 2]) {
    const moved = await world.moveBucket();
    await createDemoService(moved).ensure(never);
    for (const connection of [await pictureConnection(database), await ordersConnection(database)])
      expect(connection).toMatchObject({ endpoint: moved.bucket.url, state: 'active' });
  }
  expect(await ordersOf(database)).toHaveLength(1);
});

test('keeps the credentials that a person gave the demo, and the place that they led it to', async () => {
  await using database = await createTestDatabase();
  await using world = await createWorld(database);
  await createDemoService(world.deps).ensure(never);
  const made = await pictureConnection(database);
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
  const given = await pictureConnection(database);
  await createDemoService(await world.moveBucket()).ensure(never);
  const followed = await pictureConnection(database);
  expect(followed).toMatchObject({ state: 'active', credentialsSealed: given.credentialsSealed });
  expect(reportOf(followed.lastCheck).fullAccess).toBe(true);

  await database.db.updateTable('connections').set({ endpoint: 'http://127.0.0.1:9' }).execute();
  await createDemoService(await world.moveBucket()).ensure(never);
  expect((await pictureConnection(database)).endpoint).toBe('http://127.0.0.1:9');
});
