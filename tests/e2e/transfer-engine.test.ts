import { createHash, randomBytes } from 'node:crypto';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createConnection, createTeam, createUploadGrant } from '@windlass/contract';
import * as transfer from '@windlass/transfer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBucket, type StartedBucket } from '../../packages/bucket/src/testing/start-bucket.ts';
import { signedIn } from '../support/api-client.ts';
import { bundleForBrowser } from '../support/browser-bundle.ts';
import { launchChromium } from '../support/chromium.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { startSharedPostgresServer } from '../support/shared-postgres-server.ts';
import { lacks } from '../support/test-skip.ts';

const MiB = 1024 ** 2;
const Bucket = 'photos';
let bucket: StartedBucket;
let server: ServerProcess;
/** A grant's token for files below a prefix. */
let tokenFor: (prefix: string) => Promise<string>;

beforeAll(async () => {
  bucket = await startBucket();
  server = await startSharedPostgresServer({
    env: {
      ...ownerEnvironment,
      WINDLASS_BUCKET: 'off',
      WINDLASS_ALLOW_ENDPOINTS: '127.0.0.1',
    },
  });
  const client = await signedIn(server.url, owner.email, owner.password);
  const { id: teamId } = await client.call(createTeam, { body: { name: 'Senders' } });
  const { accessKeyId, secretAccessKey } = bucket.user;
  const { id: connectionId } = await client.call(createConnection, {
    params: { teamId },
    body: {
      name: 'photos',
      provider: 'other',
      bucket: Bucket,
      endpoint: bucket.server.url,
      region: 'us-east-1',
      addressing: 'path',
      prefix: '',
      jobs: ['ingest'],
      credentials: { accessKeyId, secretAccessKey },
    },
  });
  tokenFor = async (prefix) =>
    (await client.call(createUploadGrant, { params: { teamId }, body: { connectionId, prefix } })).token;
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await bucket?.[Symbol.asyncDispose]();
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const stored = async (key: string): Promise<string> => {
  const { Body } = await bucket.client().send(new GetObjectCommand({ Bucket, Key: key }));
  return sha256((await Body?.transformToByteArray()) ?? new Uint8Array());
};

const openUploads = async (): Promise<number> =>
  (await bucket.client().send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;

const uploaderFor = async (prefix: string) => {
  const api = transfer.createUploadApi({ origin: server.url, token: await tokenFor(prefix) });
  return { api, uploader: transfer.createUploader({ api, send: transfer.createFetchSender() }) };
};
const fileOf = (name: string, size: number) => {
  const bytes = new Uint8Array(randomBytes(size));
  return { name, bytes, source: transfer.sourceOfFile(new File([bytes], name), name) };
};

describe('the engine in Node, over the API', () => {
  test('small files and a large one end byte for byte under their prefix, each with its receipt', async () => {
    const { uploader } = await uploaderFor('node/');
    const files = [
      fileOf('large.bin', 17 * MiB),
      ...Array.from({ length: 30 }, (_, at) => fileOf(`s/${at}.bin`, 3000 + at)),
    ];
    uploader.add(files.map(({ source }) => source));
    const { items } = await uploader.done();
    expect(items.map(({ error }) => error)).toEqual(files.map(() => null));
    for (const { name, bytes } of files) expect(await stored(`node/${name}`)).toBe(sha256(bytes));
    expect(items[0]?.receipt).toMatchObject({ key: 'node/large.bin', size: 17 * MiB, proof: 'completed' });
  });

  test('an object that was there before is never replaced, nor taken for the file', async () => {
    const { uploader } = await uploaderFor('taken/');
    const { source, bytes } = fileOf('a.bin', 3000);
    await bucket
      .client()
      .send(new PutObjectCommand({ Bucket, Key: 'taken/a.bin', Body: Buffer.alloc(3000) }));
    // The bucket tells its age in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    uploader.add([source]);
    const { items } = await uploader.done();
    expect(items[0]).toMatchObject({ state: 'failed', error: { code: 'objectExists' } });
    expect(await stored('taken/a.bin')).not.toBe(sha256(bytes));
  });

  test('a name that is not allowed is refused with the reason of the server, and the others go on', async () => {
    const { uploader } = await uploaderFor('names/');
    uploader.add([fileOf('../up.bin', 5).source, fileOf('fine.bin', 5).source]);
    const { items } = await uploader.done();
    expect(items.map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'nameRefused'],
      ['done', undefined],
    ]);
  });

  test('a token that is not valid is told', async () => {
    const api = transfer.createUploadApi({ origin: server.url, token: `wu_${'a'.repeat(43)}` });
    const uploader = transfer.createUploader({ api, send: transfer.createFetchSender() });
    uploader.add([fileOf('a.bin', 5).source]);
    expect((await uploader.done()).items[0]?.error?.code).toBe('grantInvalid');
  });
});

type Engine = typeof transfer;

/** What the script of the bundle puts on the page. */
declare global {
  var transfer: Engine;
}

/** Bytes that the page and the test make alike: it runs in both. */
const patterned = (size: number, seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = at * 31 + (at >> 8) * 17 + seed;
  return bytes;
};

/** Starts an upload of patterned files; `window.ended` is its end. */
const start = (page: Page, token: string, files: { name: string; size: number; seed: number }[]) =>
  page.evaluate(
    ({ origin, token: wu, given }) => {
      const { createUploadApi, createUploader, createXhrSender, sourceOfFile } = globalThis.transfer;
      const uploader = createUploader({
        api: createUploadApi({ origin, token: wu }),
        send: createXhrSender(),
      });
      const made = given.map(({ name, size, seed }) => {
        return sourceOfFile(
          new File([patterned(size, seed)], name, { lastModified: 1_700_000_000_000 }),
          name,
        );
      });
      uploader.add(made);
      Object.assign(globalThis, { uploader, ended: uploader.done() });
    },
    { origin: server.url, token, given: files },
  );

const endOf = (page: Page) =>
  page.evaluate(async () => {
    const { ended } = globalThis as unknown as { ended: Promise<transfer.UploadSnapshot> };
    const { items } = await ended;
    return items.map(({ name, state, error }) => ({ name, state, error }));
  });

describe.skipIf(lacks('chromium'))('the engine on a page of another origin', () => {
  let browser: Browser;
  let site: LoopbackServer;
  let script: string;
  beforeAll(async () => {
    script = await bundleForBrowser('packages/transfer/src/index.ts', 'transfer');
    site = await startLoopbackServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>A page</title>');
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  const allow = (expose: string[]) =>
    bucket.client().send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: [site.url],
              AllowedMethods: ['PUT'],
              AllowedHeaders: ['*'],
              ExposeHeaders: expose,
            },
          ],
        },
      }),
    );

  const openPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.addScriptTag({ content: `${script}\nvar patterned = ${patterned.toString()};` });
    return page;
  };

  test('sends with progress, and goes on after the page was closed within', async () => {
    await allow(['ETag']);
    const token = await tokenFor('page/');
    const files = [
      { name: 'film.bin', size: 18 * MiB, seed: 1 },
      ...Array.from({ length: 10 }, (_, at) => ({ name: `Bilder/ü ${at}.bin`, size: 2000, seed: at })),
    ];
    const first = await openPage();
    await start(first, token, files);
    await first.waitForFunction(() => {
      const { uploader } = globalThis as unknown as { uploader: transfer.Uploader };
      return uploader.snapshot().bytesSent > 9_000_000;
    });
    await first.close();

    const second = await openPage();
    await start(second, token, files);
    const ended = await endOf(second);
    expect(ended.filter(({ state }) => state !== 'done')).toEqual([]);
    for (const { name, size, seed } of files) {
      expect(await stored(`page/${name}`)).toBe(sha256(patterned(size, seed)));
    }
    expect(await openUploads()).toBe(0);
    await second.close();
  });

  test('a bucket whose CORS rule hides the ETag is told by its name', async () => {
    await allow([]);
    const page = await openPage();
    await start(page, await tokenFor('hidden/'), [{ name: 'film.bin', size: 17 * MiB, seed: 2 }]);
    const [film] = await endOf(page);
    expect(film).toMatchObject({ state: 'failed', error: { code: 'corsHidesEtag' } });
    await page.close();
  });
});
