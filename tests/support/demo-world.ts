import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketServer, type BucketLog, type BucketServer } from '@windlass/bucket';
import { renderSamplePictures } from '@windlass/images/samples';
import { checkReport, type CheckReport, type ConnectionId, type TeamId } from '@windlass/contract';
import { createAccountsApp, testPasswords } from './accounts-app.ts';
import { freePort } from './free-port.ts';
import type { TestDatabase } from './test-database.ts';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';
import { createKeyring } from '../../apps/server/src/platform/crypto/keyring.ts';
import { createVault } from '../../apps/server/src/platform/crypto/vault.ts';
import { createDatabaseRateLimiter } from '../../apps/server/src/platform/db/index.ts';
import { createMailer } from '../../apps/server/src/platform/mail/index.ts';
import { createEndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import { createDownloadsService } from '../../apps/server/src/features/downloads/index.ts';
import {
  createDropsService,
  createOrderLimits,
  createReceiveFiles,
  dropsOnConnections,
  type DropsService,
} from '../../apps/server/src/features/drops/index.ts';
import { createIdentityIssuer } from '../../apps/server/src/features/identity/index.ts';
import {
  createPlatformIdentity,
  createConnectionsService,
  type ConnectionsService,
} from '../../apps/server/src/features/connections/index.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import {
  createTransfersService,
  type TransfersService,
} from '../../apps/server/src/features/transfers/index.ts';
import type { DemoDeps, DemoSource } from '../../apps/server/src/features/demo/index.ts';

const keyring = createKeyring([{ kid: 'k1', key: randomBytes(32) }]);
const picture = await renderSamplePictures({ only: ['moon-phases.gif'] });
/** Of calls that nobody ends. */
export const never = new AbortController().signal;
const publicUrl = 'http://localhost:7400';

/** The demo's surroundings: an embedded bucket over a folder of its own, and the services above it. */
export interface DemoWorld extends AsyncDisposable {
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
export const pictureConnection = (database: TestDatabase) => connectionNamed(database, 'demo');
export const ordersConnection = (database: TestDatabase) => connectionNamed(database, 'demo-orders');
export const ordersOf = ({ db }: TestDatabase) => db.selectFrom('orders').selectAll().execute();

/** The stored report of the last check, by the state of its rows. */
export const reportOf = (lastCheck: unknown): CheckReport & { rowsIn(state: string): string[] } => {
  const report = checkReport.parse(lastCheck);
  return {
    ...report,
    rowsIn: (state) => report.rows.filter((row) => row.state === state).map(({ id }) => id),
  };
};

export const createDemoWorld = async ({ db }: TestDatabase): Promise<DemoWorld> => {
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
    imagesUrl: () => 'https://images.example.com',
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
export const killed = async (): Promise<never> => {
  throw new Error('killed');
};
