import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  createApiKey,
  createConnection,
  createUploadGrant,
  getMe,
  listTransfers,
  revokeUploadGrant,
  type Transfer,
  type UploadGrantId,
} from '@windlass/contract';
import { startEmbeddedPostgres } from '../../../apps/server/src/platform/postgres/index.ts';
import { createDatabase, type Database } from '../../../apps/server/src/platform/db/index.ts';
import { silentLog } from '../../../apps/server/src/kernel/log.ts';
import { startEmbedded } from '../../../bench/bucket/servers.ts';
import { createApiClient, signedIn } from '../api-client.ts';
import { freePort } from '../free-port.ts';
import { owner, ownerEnvironment } from '../owner.ts';
import { startServer, type ServerProcess } from '../server-process.ts';
import { openUploadScene } from '../upload-scene.ts';
import { goJanitorRounds } from './janitor-rounds.ts';
import { startCountingProxy, type CountingProxy } from './counting-proxy.ts';

export const bucketName = 'survivors';
/** Of the connection, before all keys. */
export const keyPrefix = 'in/';
/** Of the connection: `windlass upload --to lab/…`. */
export const connectionName = 'lab';

/** Windlass, PostgreSQL and a bucket, each a process of its own, so that one may be killed and the others see it. */
export interface SurvivalScene extends AsyncDisposable {
  /** Of Windlass; the same after each restart. */
  url: string;
  /** Of team, connections and transfers. */
  apiKey: string;
  db: Database;
  /** What Windlass and every client take for the bucket. */
  proxy: CountingProxy;
  /** A token for files below a prefix. */
  grantFor(prefix: string): Promise<{ token: string; grantId: UploadGrantId }>;
  revoke(grantId: UploadGrantId): Promise<void>;
  /** SIGKILL of Windlass; it is started again on its port and data. Resolves when it is ready. */
  killServer(): Promise<void>;
  /** What the ledger has as received, by id. */
  received(): Promise<Map<string, Transfer>>;
  /** As somebody does who has the bucket's keys. */
  put(key: string, body: string): Promise<void>;
  /** SHA-256 of what the bucket has, in hexadecimal digits. */
  stored(key: string): Promise<string>;
  /** Keys of multipart uploads that the bucket has open. */
  openUploads(): Promise<string[]>;
  /** As `goJanitorRounds`. */
  goJanitorRounds(): Promise<number>;
}

interface SceneOptions {
  /** Something between the bucket and everybody: its address, made of the bucket's. */
  lineToBucket?: (endpoint: string) => Promise<string>;
  bytesPerSecond?: number | null;
  deleteMilliseconds?: number;
}

export const startSurvivalScene = async ({
  lineToBucket = async (endpoint) => endpoint,
  ...options
}: SceneOptions = {}): Promise<SurvivalScene> => {
  await using stack = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'windlass-survival-'));
  stack.defer(() => rm(scratch, { recursive: true, force: true }));
  const postgres = stack.use(await startEmbeddedPostgres({ dataDirectory: scratch, log: silentLog }));
  const { connection } = postgres;
  if (typeof connection === 'string') throw new Error('The embedded server has no URL.');
  const { db } = stack.use(createDatabase({ connection, maxConnections: 2 }));
  const bucket = stack.use(await startEmbedded());
  const proxy = stack.use(await startCountingProxy(bucket.endpoint, options));
  const endpoint = await lineToBucket(proxy.url);
  const s3 = new S3Client({
    endpoint: bucket.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucket.keys,
  });
  stack.defer(() => s3.destroy());
  await prepareBucket(s3);

  const env = {
    ...ownerEnvironment,
    DATABASE_URL: `postgres://${connection.user}@${encodeURIComponent(connection.host)}:${connection.port}/${connection.database}`,
    WINDLASS_KEYRING: `k1:${randomBytes(32).toString('base64')}`,
    WINDLASS_BUCKET: 'off',
    WINDLASS_DEMO: 'false',
    WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1',
    WINDLASS_LOG_LEVEL: 'error',
  };
  const port = String(await freePort());
  const start = (): Promise<ServerProcess> =>
    startServer({ env, data: join(scratch, 'data'), args: ['--port', port] });
  let server = await start();
  stack.defer(() => server[Symbol.asyncDispose]());

  const { url } = server;
  const admin = await signedIn(url, owner.email, owner.password);
  const teamId = (await admin.call(getMe, {})).memberships[0]?.teamId;
  if (teamId === undefined) throw new Error('The owner has no team.');
  const { id: connectionId } = await admin.call(createConnection, {
    params: { teamId },
    body: {
      name: connectionName,
      provider: 'other',
      bucket: bucketName,
      endpoint,
      addressing: 'path',
      prefix: keyPrefix,
      jobs: ['ingest'],
      checkEveryHours: 0,
      credentials: { kind: 'accessKey', ...bucket.keys },
    },
  });
  const { secret: apiKey } = await admin.call(createApiKey, {
    params: { teamId },
    body: {
      name: 'survival',
      scopes: ['team:read', 'connections:read', 'transfers:read', 'transfers:write'],
    },
  });
  const client = createApiClient(url, apiKey);
  const janitorsBucket = stack.use(
    openUploadScene({
      provider: 'other',
      endpoint,
      region: 'us-east-1',
      bucket: bucketName,
      keys: bucket.keys,
    }),
  );

  const owned = stack.move();
  return {
    url,
    apiKey,
    db,
    proxy,
    grantFor: async (prefix) => {
      const { token, grant } = await client.call(createUploadGrant, {
        params: { teamId },
        body: { connectionId, prefix },
      });
      return { token, grantId: grant.id };
    },
    revoke: (uploadGrantId) => client.call(revokeUploadGrant, { params: { teamId, uploadGrantId } }),
    killServer: async () => {
      await server.kill();
      server = await start();
    },
    received: async () => {
      const found = new Map<string, Transfer>();
      let cursor: string | null = null;
      do {
        const query = { state: 'received', limit: 100, ...(cursor === null ? {} : { cursor }) } as const;
        const page: { items: Transfer[]; nextCursor: string | null } = await client.call(listTransfers, {
          params: { teamId },
          query,
        });
        for (const transfer of page.items) found.set(transfer.id, transfer);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    },
    put: async (Key, Body) => {
      await s3.send(new PutObjectCommand({ Bucket: bucketName, Key, Body }));
    },
    stored: async (Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key }));
      return createHash('sha256')
        .update((await Body?.transformToByteArray()) ?? '')
        .digest('hex');
    },
    openUploads: async () => {
      const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucketName }));
      return Uploads.map(({ Key = '' }) => Key);
    },
    goJanitorRounds: () => goJanitorRounds(db, janitorsBucket.bucket),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Pages of any origin may put into it. */
const prepareBucket = async (s3: S3Client): Promise<void> => {
  await s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  await s3.send(
    new PutBucketCorsCommand({
      Bucket: bucketName,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ['*'],
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
          },
        ],
      },
    }),
  );
};
