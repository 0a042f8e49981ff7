import { GetObjectCommand, ListObjectsV2Command, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { createConnection, createDrop, getMe, type Drop, type TeamId } from '@windlass/contract';
import sharp from 'sharp';
import type { z } from 'zod';
import { startBucket, type StartedBucket } from '../../packages/bucket/src/testing/start-bucket.ts';
import { signedIn, type ApiClient } from './api-client.ts';
import { owner, ownerEnvironment } from './owner.ts';
import type { ServerProcess } from './server-process.ts';
import { startSharedPostgresServer } from './shared-postgres-server.ts';

/** A file as Playwright puts it into an input. */
export interface Photo {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A lab: a server as a person runs it, and its bucket, in which Windlass may put objects and nothing else. */
export interface OrderScene extends AsyncDisposable {
  server: ServerProcess;
  bucket: StartedBucket;
  /** With a session of the owner. */
  client: ApiClient;
  teamId: TeamId;
  /** An order page with a size and a number of copies for each file, unless the settings say otherwise. */
  addDrop(settings?: Partial<z.input<typeof createDrop.body>>): Promise<Drop>;
  /** Whole keys below a prefix, as the bucket's owner sees them. */
  keys(prefix: string): Promise<string[]>;
  read(key: string): Promise<Buffer>;
}

const bucketName = 'photos';
const prefix = 'lab/';

const putOnly = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucketName}/${prefix}*` }],
});

const allowBrowsers = async (bucket: StartedBucket, origin: string): Promise<void> => {
  await bucket.client().send(
    new PutBucketCorsCommand({
      Bucket: bucketName,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: [origin],
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
          },
        ],
      },
    }),
  );
};

/** @example await using scene = await startOrderScene(); const drop = await scene.addDrop(); */
export const startOrderScene = async (): Promise<OrderScene> => {
  await using stack = new AsyncDisposableStack();
  const bucket = stack.use(await startBucket());
  const server = stack.use(
    await startSharedPostgresServer({
      env: {
        ...ownerEnvironment,
        WINDLASS_BUCKET: 'off',
        WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1',
      },
    }),
  );
  await allowBrowsers(bucket, server.url);
  await bucket.server.iam.createUser({ name: 'put-only' });
  await bucket.server.iam.putPolicy({ user: 'put-only' }, 'put', putOnly);
  const { accessKeyId, secretAccessKey } = await bucket.server.iam.createAccessKey('put-only');
  const client = await signedIn(server.url, owner.email, owner.password);
  const teamId = (await client.call(getMe, {})).memberships[0]?.teamId;
  if (teamId === undefined) throw new Error('The owner has no team.');
  const { id: connectionId } = await client.call(createConnection, {
    params: { teamId },
    body: {
      name: 'lab',
      provider: 'other',
      bucket: bucketName,
      endpoint: bucket.server.url,
      region: 'us-east-1',
      addressing: 'path',
      prefix,
      jobs: ['ingest'],
      credentials: { accessKeyId, secretAccessKey },
    },
  });
  let count = 0;
  const owned = stack.move();
  return {
    server,
    bucket,
    client,
    teamId,
    addDrop: (settings = {}) =>
      client.call(createDrop, {
        params: { teamId },
        body: {
          name: `prints-${(count += 1)}`,
          connectionId,
          title: 'Order prints',
          fields: [
            {
              id: 'size',
              label: 'Size',
              kind: 'choice',
              scope: 'file',
              required: true,
              options: [
                { value: '10x15', label: '10 × 15 cm' },
                { value: '20x30', label: '20 × 30 cm' },
              ],
            },
            {
              id: 'copies',
              label: 'Copies',
              kind: 'number',
              scope: 'file',
              required: true,
              min: 1,
              initial: 1,
            },
          ],
          ...settings,
        },
      }),
    keys: async (below) => {
      const found = await bucket
        .client()
        .send(new ListObjectsV2Command({ Bucket: bucketName, Prefix: prefix + below }));
      return (found.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length));
    },
    read: async (key) => {
      const { Body } = await bucket
        .client()
        .send(new GetObjectCommand({ Bucket: bucketName, Key: prefix + key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Different photos, each of some kilobytes, named as a camera does. */
export const takePhotos = (count: number): Promise<Photo[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => ({
      name: `IMG_${String(at + 1).padStart(4, '0')}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await sharp({
        create: {
          width: at % 3 === 0 ? 480 : 640,
          height: at % 3 === 0 ? 640 : 480,
          channels: 3,
          background: { r: (at * 47) % 256, g: (at * 91) % 256, b: (at * 139) % 256 },
        },
      })
        .jpeg()
        .toBuffer(),
    })),
  );
