import { createHash } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  createConnection,
  createTeam,
  createUploadGrant,
  listTransfers,
  type ConnectionId,
  type TeamId,
  type Transfer,
} from '@windlass/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, type ApiClient } from '../support/api-client.ts';
import { bundleForBrowser } from '../support/browser-bundle.ts';
import { startCeph } from '../support/ceph/start-ceph.ts';
import { launchChromium } from '../support/chromium.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';

const MiB = 1024 ** 2;
const Bucket = 'photos';
const generations = ['uppy5', 'uppy6'] as const;
type Generation = (typeof generations)[number];
/** How a page is set up: as the guide shows it. */
type Way = 'companion' | 'sign';
const ways: [Generation, Way][] = [
  ['uppy5', 'companion'],
  ['uppy6', 'companion'],
  ['uppy6', 'sign'],
];

interface UppyFile {
  id: string;
  name: string;
  size: number;
  s3Multipart?: { uploadId?: string };
}
/** Of either generation, what the page here uses. */
interface Uppy {
  use(plugin: unknown, options: object): this;
  on(event: string, listener: (file: UppyFile, more: { PartNumber: number }) => void): this;
  addFile(file: { name: string; type: string; data: Blob; meta?: object }): string;
  setFileMeta(id: string, meta: object): void;
  getFiles(): UppyFile[];
  cancelAll(): void;
  pauseAll(): void;
  resumeAll(): void;
  upload(): Promise<{ successful: { name: string }[]; failed: { name: string; error: string }[] }>;
}
type Client = { Uppy: new () => Uppy; AwsS3: unknown };
declare global {
  var uppy5: Client;
  var uppy6: Client;
  var uppy: Uppy;
  var outcome: Promise<unknown>;
  /** Part numbers, as they arrive. */
  var partsSent: number[];
  /** The test's own function. */
  var patterned: (size: number, seed: number) => Uint8Array<ArrayBuffer>;
}

interface Opening {
  generation: Generation;
  way: Way;
  companionUrl: string;
  signUrl: string;
  multipart: boolean;
  sized: boolean;
}

/** Makes the page's Uppy; it runs there. */
const openUppy = ({ generation, way, companionUrl, signUrl, multipart, sized }: Opening): void => {
  const { Uppy, AwsS3 } = globalThis[generation];
  const uppy = new Uppy();
  globalThis.uppy = uppy;
  globalThis.partsSent = [];
  const companion = generation === 'uppy5' ? { endpoint: companionUrl } : { companionEndpoint: companionUrl };
  const sign = {
    generateObjectKey: ({ name }: UppyFile) => name,
    signRequest: async (request: { key: string }) => {
      const file = uppy.getFiles().find(({ name }) => name === request.key);
      const answer = await fetch(signUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...request, size: file?.size, partSize: 6 * 1024 ** 2 }),
      });
      if (!answer.ok) throw new Error((await answer.json()).message);
      return answer.json();
    },
  };
  uppy.use(AwsS3, {
    ...(way === 'companion' ? companion : sign),
    shouldUseMultipart: multipart,
    getChunkSize: () => 6 * 1024 ** 2,
    ...(generation === 'uppy5' ? { retryDelays: [] } : {}),
  });
  if (sized) {
    uppy.on('file-added', ({ id, size }) => uppy.setFileMeta(id, { size, partSize: 6 * 1024 ** 2 }));
  }
  uppy.on('s3-multipart:part-uploaded', (_, { PartNumber }) => globalThis.partsSent.push(PartNumber));
};

/** Bytes that the page and the test make alike: it runs in both. */
const patterned = (size: number, seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = at * 31 + (at >> 8) * 17 + seed;
  return bytes;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface SeededFile {
  name: string;
  size: number;
  seed: number;
}

describe.skipIf(lacks('ceph', 'chromium'))('Uppy in Chromium, on a page of another origin, into Ceph', () => {
  const stack = new AsyncDisposableStack();
  let s3: S3Client;
  let server: ServerProcess;
  let client: ApiClient;
  let site: LoopbackServer;
  let browser: Browser;
  let page: Page;
  let teamId: TeamId;
  let connectionId: ConnectionId;

  beforeAll(async () => {
    const ceph = stack.use(await startCeph());
    const { endpoint, region } = ceph;
    const { accessKeyId, secretAccessKey } = await ceph.createUser('uppy');
    s3 = new S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
    });
    stack.defer(() => s3.destroy());
    site = stack.use(
      await startLoopbackServer((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Shop</title>'),
      ),
    );
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          // As the guide has it: PUT is all that any of the ways needs.
          CORSRules: [
            {
              AllowedOrigins: [site.url],
              AllowedMethods: ['PUT'],
              AllowedHeaders: ['*'],
              ExposeHeaders: ['ETag'],
            },
          ],
        },
      }),
    );
    server = stack.use(
      await startSharedPostgresServer({
        env: {
          ...ownerEnvironment,
          WINDLASS_BUCKET: 'off',
          WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1',
        },
      }),
    );
    client = await signedIn(server.url, owner.email, owner.password);
    ({ id: teamId } = await client.call(createTeam, { body: { name: 'Shop' } }));
    ({ id: connectionId } = await client.call(createConnection, {
      params: { teamId },
      body: {
        name: 'photos',
        provider: 'ceph',
        bucket: Bucket,
        endpoint,
        region,
        addressing: 'path',
        prefix: 'shop/',
        jobs: ['ingest'],
        credentials: { accessKeyId, secretAccessKey },
      },
    }));
    browser = await launchChromium();
    stack.defer(() => browser.close());
    page = await browser.newPage();
    await page.goto(site.url);
    await page.addScriptTag({ content: `globalThis.patterned = ${patterned.toString()}` });
    for (const [generation, folder] of [
      ['uppy5', 'uppy-5'],
      ['uppy6', 'uppy-6'],
    ] as const) {
      const content = await bundleForBrowser(`tests/clients/${folder}/client.js`, generation);
      await page.addScriptTag({ content });
    }
  });
  afterAll(() => stack.disposeAsync());

  const open = async (
    generation: Generation,
    way: Way,
    { multipart = true, sized = true, limits = {}, prefix = `${generation}-${way}/` } = {},
  ): Promise<void> => {
    const { companionUrl, signUrl } = await client.call(createUploadGrant, {
      params: { teamId },
      body: { connectionId, prefix, limits },
    });
    await page.evaluate(openUppy, { generation, way, companionUrl, signUrl, multipart, sized });
  };
  /** Starts; `outcome` of the page is its end. */
  const start = (files: SeededFile[], type = 'image/jpeg') =>
    page.evaluate(
      ({ given, mediaType }) => {
        for (const { name, size, seed } of given) {
          globalThis.uppy.addFile({
            name,
            type: mediaType,
            data: new Blob([globalThis.patterned(size, seed)]),
          });
        }
        globalThis.outcome = globalThis.uppy.upload().then(({ successful, failed }) => ({
          successful: successful.map(({ name }) => name),
          failed: failed.map(({ name, error }) => [name, error]),
        }));
      },
      { given: files, mediaType: type },
    );
  const outcome = () => page.evaluate(() => globalThis.outcome);
  const stored = async (key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `shop/${key}` }));
    return sha256((await Body?.transformToByteArray()) ?? new Uint8Array());
  };
  const ledger = async (prefix: string): Promise<Transfer[]> => {
    const { items } = await client.call(listTransfers, {
      params: { teamId },
      query: { connectionId, limit: 200 },
    });
    return items.filter(({ key }) => key.startsWith(`shop/${prefix}`));
  };
  const openUploads = async (): Promise<number> =>
    (await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;

  test.each(ways)(
    '%s by %s: small and large files end byte for byte, with receipts',
    async (generation, way) => {
      const files = [
        { name: 'Grüße 1.jpg', size: 3000, seed: 1 },
        { name: '写真 (2)+.jpg', size: 7 * MiB, seed: 2 },
        { name: 'film.mov', size: 13 * MiB + 5, seed: 3 },
      ];
      await open(generation, way);
      await start(files);
      expect(await outcome()).toEqual({
        successful: expect.arrayContaining(files.map(({ name }) => name)),
        failed: [],
      });
      const prefix = `${generation}-${way}/`;
      for (const { name, size, seed } of files) {
        expect(await stored(prefix + name)).toBe(sha256(patterned(size, seed)));
      }
      const received = await ledger(prefix);
      expect(
        received.map(({ name, state, receipt }) => [name, state, receipt?.size, receipt?.proof]),
      ).toEqual(expect.arrayContaining(files.map(({ name, size }) => [name, 'received', size, 'completed'])));
      expect(await openUploads()).toBe(0);
    },
  );

  test.each([
    ['uppy5', 'companion'],
    ['uppy6', 'sign'],
  ] as const)('%s by %s sends a small file in one PUT', async (generation, way) => {
    const prefix = `${generation}-put/`;
    await open(generation, way, { multipart: false, prefix });
    await start([{ name: 'a.jpg', size: 3000, seed: 4 }]);
    expect(await outcome()).toEqual({ successful: ['a.jpg'], failed: [] });
    expect(await stored(`${prefix}a.jpg`)).toBe(sha256(patterned(3000, 4)));
  });

  test.each(ways)('%s by %s: what is cancelled leaves nothing in the bucket', async (generation, way) => {
    const prefix = `${generation}-${way}-cancelled/`;
    await open(generation, way, { prefix });
    await start([{ name: 'film.mov', size: 24 * MiB, seed: 5 }]);
    await page.waitForFunction(() => globalThis.partsSent.length > 0);
    await page.evaluate(() => globalThis.uppy.cancelAll());
    await expect.poll(async () => (await ledger(prefix)).map(({ state }) => state)).toEqual(['aborted']);
    await expect.poll(openUploads).toBe(0);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `shop/${prefix}` }));
    expect(Contents).toEqual([]);
  });

  test.each(ways)(
    '%s by %s goes on where it stood, by the parts that are listed',
    async (generation, way) => {
      const prefix = `${generation}-${way}-resumed/`;
      await open(generation, way, { prefix });
      const file = { name: 'film.mov', size: 24 * MiB, seed: 6 };
      await start([file]);
      await page.waitForFunction(() => globalThis.partsSent.length > 0);
      await page.evaluate(() => globalThis.uppy.pauseAll());
      await page.evaluate(() => globalThis.uppy.resumeAll());
      expect(await outcome()).toEqual({ successful: ['film.mov'], failed: [] });
      expect(await stored(`${prefix}film.mov`)).toBe(sha256(patterned(file.size, file.seed)));
      // None that had arrived was sent again.
      const sent = await page.evaluate(() => globalThis.partsSent);
      expect(new Set(sent).size).toBe(sent.length);
    },
  );

  test('what a grant does not take is refused, and the 5.x client shows why', async () => {
    await open('uppy5', 'companion', {
      limits: { maxFileBytes: 1000, types: ['image/*'] },
      prefix: 'capped/',
    });
    await start([{ name: 'large.jpg', size: 3000, seed: 7 }]);
    expect(await outcome()).toMatchObject({
      failed: [['large.jpg', expect.stringContaining('3000 bytes; one file may have 1000')]],
    });
    await open('uppy6', 'sign', { limits: { types: ['image/*'] }, prefix: 'capped/' });
    await start([{ name: 'a.exe', size: 30, seed: 8 }], 'application/x-msdownload');
    expect(await outcome()).toMatchObject({ successful: [] });
    expect(await ledger('capped/')).toEqual([]);
    expect(await openUploads()).toBe(0);
  });
});
