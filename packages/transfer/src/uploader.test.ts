import { randomBytes } from 'node:crypto';
import { GetObjectCommand, ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBucketUploadApi } from '../../../tests/support/bucket-upload-api.ts';
import { startFaultyProxy, type Fault } from '../../../tests/support/faulty-proxy.ts';
import { startBucket, type StartedBucket } from '../../bucket/src/testing/start-bucket.ts';
import { createFetchSender, createUploader, type UploaderOptions, type UploadSource } from './index.ts';

const MiB = 1024 ** 2;
const Bucket = 'photos';
let started: StartedBucket;
beforeAll(async () => {
  started = await startBucket();
});
afterAll(() => started[Symbol.asyncDispose]());

let files = 0;
const sourceOf = (bytes: Uint8Array<ArrayBuffer>, name = `file ${(files += 1)}.bin`): UploadSource => {
  const blob = new Blob([bytes]);
  return {
    name,
    size: blob.size,
    lastModified: 1_700_000_000_000,
    slice: (start, end) => blob.slice(start, end),
  };
};

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));

const stored = async (key: string): Promise<Buffer> => {
  const { Body } = await started.client().send(new GetObjectCommand({ Bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

const openUploads = async (key: string): Promise<number> =>
  (await started.client().send(new ListMultipartUploadsCommand({ Bucket, Prefix: key }))).Uploads?.length ??
  0;

interface SceneOptions extends Partial<UploaderOptions> {
  fault?: (request: { method: string; url: URL; turn: number }) => Fault;
  wantsChecksum?: boolean;
  expiresInSeconds?: () => number;
}

/** The engine, the API in memory, and a bucket behind a proxy that is as faulty as the test wants. */
const startScene = async ({
  fault = () => 'pass',
  wantsChecksum = false,
  expiresInSeconds = () => 600,
  ...options
}: SceneOptions = {}) => {
  const proxy = await startFaultyProxy(started.server.url, fault);
  const quiet = {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  const api = createBucketUploadApi({
    bucket: Bucket,
    s3: started.client(quiet),
    signer: started.client({ ...quiet, endpoint: proxy.url }),
    singlePutBytes: MiB,
    partSize: 5 * MiB,
    wantsChecksum,
    expiresInSeconds,
  });
  const make = () => createUploader({ api, send: createFetchSender(), ...options });
  const uploader = make();
  return {
    api,
    proxy,
    uploader,
    /** As a page that is loaded again. */
    another: make,
    async [Symbol.asyncDispose]() {
      uploader.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
};

const puts = ({ seen }: { seen: { method: string }[] }): number =>
  seen.filter(({ method }) => method === 'PUT').length;

describe.concurrent('a file goes into the bucket', () => {
  test.each([0, 1, MiB, MiB + 1, 5 * MiB, 10 * MiB + 7])('of %i bytes', async (size) => {
    await using scene = await startScene();
    const bytes = random(size);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    const { counts, bytesSent, items } = await scene.uploader.done();
    expect(items[0]?.error).toBeNull();
    expect(counts.done).toBe(1);
    expect(bytesSent).toBe(size);
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });

  test('with a CRC of the whole that the bucket compares, where it is wanted', async () => {
    await using scene = await startScene({ wantsChecksum: true });
    const bytes = random(6 * MiB);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    expect((await scene.uploader.done()).counts.done).toBe(1);
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });

  test('under an NFC name, as the type that its bytes say', async () => {
    await using scene = await startScene();
    const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    scene.uploader.add([{ ...sourceOf(png, '/album/u\u0308ber.jpg'), type: 'image/jpeg' }]);
    const { items } = await scene.uploader.done();
    expect(items[0]).toMatchObject({ state: 'done', name: 'album/\u00fcber.jpg', type: 'image/png' });
  });

  test('two of one name, size and date are two uploads', async () => {
    await using scene = await startScene();
    const bytes = random(100);
    scene.uploader.add([sourceOf(bytes, 'twin.bin'), sourceOf(bytes, 'twin.bin')]);
    await scene.uploader.done();
    expect(scene.api.rows.size).toBe(2);
  });

  test('many small ones need few calls', async () => {
    await using scene = await startScene();
    const { api, uploader } = scene;
    const count = 150;
    const { create, complete } = api;
    const perCall = { create: [] as number[], complete: [] as number[] };
    // The first call of each kind is answered when every other file waits for the next: how fast the machine is means nothing.
    const othersWait = async (calls: readonly number[], reached: () => number): Promise<void> => {
      while (calls.length === 1 && reached() < count) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    api.create = async (batch, signal) => {
      perCall.create.push(batch.length);
      // Its type is known when a file has been looked at.
      await othersWait(
        perCall.create,
        () => uploader.snapshot().items.filter(({ type }) => type !== '').length,
      );
      return create(batch, signal);
    };
    api.complete = async (batch, signal) => {
      perCall.complete.push(batch.length);
      await othersWait(perCall.complete, () => uploader.snapshot().counts.completing);
      return complete(batch, signal);
    };
    const bytes = random(2000);
    uploader.add(Array.from({ length: count }, () => sourceOf(bytes)));
    expect((await uploader.done()).counts.done).toBe(count);
    const [first = 0, ...rest] = perCall.create;
    expect(first).toBeLessThanOrEqual(8);
    expect(rest.slice(0, 3)).toEqual([16, 32, 64]);
    expect(perCall.create.length).toBeLessThanOrEqual(6);
    expect(perCall.complete.length).toBeLessThanOrEqual(3);
  });
});

const s3Error = (code: string, message: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

const expired = { status: 403, body: s3Error('AccessDenied', 'Request has expired') };

describe.concurrent('what goes wrong once is mended', () => {
  const faults: [string, Fault][] = [
    ['the line breaks before', 'drop'],
    ['the line breaks within', 'cut'],
    ['the answer is lost', 'lose'],
    ['503', { status: 503, body: s3Error('SlowDown', 'Please reduce your request rate.') }],
    ['500', { status: 500, body: s3Error('InternalError', 'We encountered an internal error.') }],
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
    ['409 of a race', { status: 409, body: s3Error('ConditionalRequestConflict', 'Another came between.') }],
    ['expired URL', expired],
    ['expired session', { status: 400, body: s3Error('ExpiredToken', 'The provided token has expired.') }],
  ];
  test.each(faults)('%s', async (_, fault) => {
    await using scene = await startScene({
      fault: ({ method, turn }) => (method === 'PUT' && turn === 1 ? fault : 'pass'),
    });
    const [small, large] = [random(200_000), random(5 * MiB + 9)];
    const items = scene.uploader.add([sourceOf(small), sourceOf(large)]);
    const ended = await scene.uploader.done();
    expect(ended.items.map(({ error }) => error)).toEqual([null, null]);
    expect((await stored(items[0]?.name ?? '')).equals(small)).toBe(true);
    expect((await stored(items[1]?.name ?? '')).equals(large)).toBe(true);
    expect(ended.bytesSent).toBe(small.length + large.length);
  });

  test('a bucket that says nothing is left and asked again', async () => {
    await using scene = await startScene({
      fault: ({ method, turn }) => (method === 'PUT' && turn === 1 ? 'hang' : 'pass'),
      stallSeconds: 0.2,
    });
    const bytes = random(300);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    expect((await scene.uploader.done()).counts.done).toBe(1);
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });

  test('URLs that run out at once are asked for one by one', async () => {
    let signings = 0;
    await using scene = await startScene({
      // The first ones are over before they are used.
      expiresInSeconds: () => ((signings += 1) <= 3 ? 1 : 600),
      fault: ({ url }) => (Number(url.searchParams.get('X-Amz-Expires')) === 1 ? expired : 'pass'),
    });
    const bytes = random(6 * MiB);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    expect((await scene.uploader.done()).items[0]?.error).toBeNull();
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });
});

describe.concurrent('what stays wrong is told', () => {
  const told: [string, Fault, number, string, RegExp][] = [
    ['ETag hidden by CORS, in parts', 'hideEtag', 6 * MiB, 'corsHidesEtag', /ExposeHeaders/],
    ['no answer at all', 'drop', 100, 'network', /CORS rule/],
    [
      'a bucket that is down',
      { status: 503, body: s3Error('SlowDown', 'Please reduce your request rate.') },
      100,
      'bucketUnavailable',
      /later/,
    ],
    [
      'a signature that is wrong',
      { status: 403, body: s3Error('SignatureDoesNotMatch', 'It does not match.') },
      100,
      'bucketRefused',
      /connection/,
    ],
    ['URLs that are always expired', expired, 100, 'bucketRefused', /connection/],
  ];
  test.each(told)('%s', async (_, fault, size, code, next) => {
    await using scene = await startScene({ fault: () => fault, attempts: 2 });
    scene.uploader.add([sourceOf(random(size))]);
    const { items } = await scene.uploader.done();
    expect(items[0]).toMatchObject({ state: 'failed', error: { code } });
    expect(items[0]?.error?.next).toMatch(next);
  });

  test('an object of the same name, which stays as it is', async () => {
    await using scene = await startScene();
    await started.client().send(new PutObjectCommand({ Bucket, Key: 'taken.txt', Body: 'first' }));
    scene.uploader.add([sourceOf(random(100), 'taken.txt')]);
    const { items } = await scene.uploader.done();
    expect(items[0]).toMatchObject({ state: 'failed', error: { code: 'objectExists' } });
    expect((await stored('taken.txt')).toString()).toBe('first');
  });

  test('a file that cannot be read any more', async () => {
    await using scene = await startScene();
    const gone: UploadSource = {
      ...sourceOf(random(100)),
      slice: () => ({ ...new Blob(), arrayBuffer: () => Promise.reject(new Error('NotReadable')) }),
    };
    scene.uploader.add([gone]);
    const { items } = await scene.uploader.done();
    expect(items[0]).toMatchObject({ state: 'failed', error: { code: 'unreadable' } });
  });

  test('and tried again it goes on from where it stood', async () => {
    let broken = true;
    await using scene = await startScene({
      attempts: 1,
      concurrency: { min: 1, max: 1 },
      fault: ({ url }) => (broken && url.searchParams.get('partNumber') === '3' ? { status: 503 } : 'pass'),
    });
    const bytes = random(10 * MiB + 1);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    expect((await scene.uploader.done()).counts.failed).toBe(1);
    broken = false;
    const before = puts(scene.proxy);
    scene.uploader.retry();
    expect((await scene.uploader.done()).counts.done).toBe(1);
    expect(puts(scene.proxy) - before).toBe(1);
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });
});

/** Resolves once the server knows of the first part, and the second one has set out: what is counted from then on is new. */
const secondPartSetOut = async ({
  api,
  proxy,
}: Pick<Awaited<ReturnType<typeof startScene>>, 'api' | 'proxy'>): Promise<void> => {
  const firstKnown = () => [...api.rows.values()].some(({ parts }) => parts.size > 0);
  const secondSeen = () => proxy.seen.some(({ url }) => /[?&]partNumber=2(?:&|$)/.test(url));
  while (!(firstKnown() && secondSeen())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe.concurrent('pause, resume, cancel', () => {
  const slow = { concurrency: { min: 1, max: 1 } };

  test('a paused file sends nothing until it is resumed, and then only what is missing', async () => {
    await using scene = await startScene({
      ...slow,
      fault: ({ url, turn }) => (url.searchParams.get('partNumber') === '2' && turn === 1 ? 'hang' : 'pass'),
    });
    const bytes = random(10 * MiB + 1);
    const [item] = scene.uploader.add([sourceOf(bytes)]);
    await secondPartSetOut(scene);
    scene.uploader.pause();
    expect(scene.uploader.snapshot().items[0]?.state).toBe('paused');
    const before = puts(scene.proxy);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(puts(scene.proxy)).toBe(before);
    scene.uploader.resume();
    expect((await scene.uploader.done()).counts.done).toBe(1);
    expect(puts(scene.proxy) - before).toBe(2);
    expect((await stored(item?.name ?? '')).equals(bytes)).toBe(true);
  });

  test('another uploader goes on with what one that was closed has begun', async () => {
    await using scene = await startScene({
      ...slow,
      fault: ({ url, turn }) => (url.searchParams.get('partNumber') === '2' && turn === 1 ? 'hang' : 'pass'),
    });
    const bytes = random(10 * MiB + 1);
    const source = sourceOf(bytes);
    scene.uploader.add([source]);
    await secondPartSetOut(scene);
    scene.uploader.close();
    const before = puts(scene.proxy);
    const next = scene.another();
    next.add([source]);
    expect((await next.done()).counts.done).toBe(1);
    expect(puts(scene.proxy) - before).toBe(2);
    expect(scene.api.rows.size).toBe(1);
    expect((await stored(source.name)).equals(bytes)).toBe(true);
  });

  test('a cancelled file leaves nothing in the bucket', async () => {
    await using scene = await startScene({
      ...slow,
      fault: ({ url }) => (url.searchParams.get('partNumber') === '2' ? 'hang' : 'pass'),
    });
    const [item] = scene.uploader.add([sourceOf(random(10 * MiB + 1))]);
    await secondPartSetOut(scene);
    expect(await openUploads(item?.name ?? '')).toBe(1);
    await scene.uploader.cancel(item?.id ?? '');
    expect((await scene.uploader.done()).counts.cancelled).toBe(1);
    expect(await openUploads(item?.name ?? '')).toBe(0);
    expect(scene.uploader.snapshot()).toMatchObject({ bytesSent: 0, bytesTotal: 0 });
  });

  test('offline nothing is tried, and it goes on by itself', async () => {
    let isOnline = false;
    const listeners = new Set<() => void>();
    await using scene = await startScene({
      online: {
        isOnline: () => isOnline,
        onChange: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
    });
    scene.uploader.add([sourceOf(random(100))]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(scene.api.calls.create).toBe(0);
    expect(scene.uploader.snapshot().offline).toBe(true);
    isOnline = true;
    for (const listener of listeners) listener();
    expect((await scene.uploader.done()).counts.done).toBe(1);
  });
});
