import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { createBucketServer, type BucketServer } from '@windlass/bucket';
import type { Role, TeamId } from '@windlass/contract';
import type { Actor } from '../../apps/server/src/kernel/actor.ts';
import { systemClock, type Clock } from '../../apps/server/src/kernel/clock.ts';
import { silentLog, type Log } from '../../apps/server/src/kernel/log.ts';
import { createKeyring, type Keyring } from '../../apps/server/src/platform/crypto/keyring.ts';
import { createVault, type Vault } from '../../apps/server/src/platform/crypto/vault.ts';
import type { Database, DatabaseConnection } from '../../apps/server/src/platform/db/index.ts';
import { createEndpointGuard, type EndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import {
  createConnectionsService,
  createPlatformIdentity,
  type ConnectionsService,
  type ConnectionUse,
  type StateChange,
  type PlatformKey,
} from '../../apps/server/src/features/connections/index.ts';
import { createIdentityIssuer, type IdentityIssuer } from '../../apps/server/src/features/identity/index.ts';
import { createSourcesService, type SourcesService } from '../../apps/server/src/features/sources/index.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import { makeMember, makeTeam } from './people.ts';
import { createTestDatabase } from './test-database.ts';

/** Two teams with one person of each role, connections and sources on a real database, and a real S3 server. */
export interface TeamScene extends AsyncDisposable {
  db: Database;
  /** Of the same database, for a job queue. */
  databaseConnection: DatabaseConnection;
  vault: Vault;
  keyring: Keyring;
  /** The key `k1` of the keyring. */
  keyBytes: Uint8Array;
  connections: ConnectionsService;
  /** What was told of connections, in order. */
  stateChanges: StateChange[];
  /** Jobs of the connections feature, in order; nobody works on them. */
  enqueued: { queue: string; payload: unknown }[];
  issuer: IdentityIssuer;
  guard: EndpointGuard;
  /** The same with another vault, for rotation. */
  connectionsWith(vault: Vault): ConnectionsService;
  sources: SourcesService;
  bucket: BucketServer;
  credentials: { accessKeyId: string; secretAccessKey: string };
  teamId: TeamId;
  otherTeamId: TeamId;
  actors: Record<Role | 'stranger', Actor>;
}

const defaultUrl = 'http://localhost:7400';

/** The bucket is `photos`. */
export const createTeamScene = async ({
  log = silentLog,
  platformKeys = [],
  publicUrl = defaultUrl,
  clock = systemClock,
  uses = [],
}: {
  log?: Log;
  /** Read at each use: a test may add keys that the bucket made. */
  platformKeys?: readonly PlatformKey[];
  publicUrl?: string;
  clock?: Clock;
  uses?: readonly ConnectionUse[];
} = {}): Promise<TeamScene> => {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'scene-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const bucket = stack.use(
    await createBucketServer({ dataDirectory: folder, host: '127.0.0.1', port: 0, region: 'us-east-1' }),
  );
  const { userId, accessKeyId, secretAccessKey } = await bucket.ensureUser({ name: 'scene' });
  await bucket.ensureBucket('photos', userId);
  await bucket.putCors('photos', [
    {
      allowedOrigins: [publicUrl],
      allowedMethods: ['GET', 'PUT'],
      allowedHeaders: ['*'],
      exposeHeaders: ['ETag'],
    },
  ]);

  const { db } = database;
  const teamId = await makeTeam(db);
  const otherTeamId = await makeTeam(db);
  const keyBytes = randomBytes(32);
  const keyring = createKeyring([{ kid: 'k1', key: keyBytes }]);
  const vault = createVault(keyring);
  const access = createTeamAccess({ db });
  const guard = createEndpointGuard({ allow: ['127.0.0.0/8'] });
  const stateChanges: StateChange[] = [];
  const enqueued: TeamScene['enqueued'] = [];
  const issuerWith = (other: Vault): IdentityIssuer =>
    createIdentityIssuer({ db, vault: other, clock, publicUrl: () => publicUrl });
  const connectionsWith = (other: Vault): ConnectionsService =>
    createConnectionsService({
      db,
      access,
      vault: other,
      guard,
      platform: createPlatformIdentity({ guard, keys: platformKeys }),
      issuer: issuerWith(other),
      clock,
      log,
      jobs: {
        enqueue: async (_trx, queue, payload) => {
          enqueued.push({ queue: queue.name, payload });
          return null;
        },
      },
      publicUrl: () => publicUrl,
      uses,
      onStateChange: async (_trx, change) => {
        stateChanges.push(change);
      },
    });
  const connections = stack.use(connectionsWith(vault));
  const sources = stack.use(
    createSourcesService({
      db,
      access,
      vault,
      connections,
      guard,
      imageOrigin: () => ({ imagesUrl: 'http://localhost:7401', imagesHost: 'images.localhost' }),
      clock,
      log,
    }),
  );
  const scene = {
    db,
    databaseConnection: database.connection,
    vault,
    keyring,
    keyBytes,
    connections,
    stateChanges,
    enqueued,
    issuer: issuerWith(vault),
    guard,
    connectionsWith,
    sources,
    bucket,
    credentials: { accessKeyId, secretAccessKey },
    teamId,
    otherTeamId,
    actors: {
      owner: await makeMember(db, teamId, 'owner'),
      admin: await makeMember(db, teamId, 'admin'),
      member: await makeMember(db, teamId, 'member'),
      stranger: await makeMember(db, otherTeamId, 'owner'),
    },
  };
  const owned = stack.move();
  return { ...scene, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
