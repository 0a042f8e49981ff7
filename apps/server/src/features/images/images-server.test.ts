import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { createHash } from 'node:crypto';
import { createRenderPool, signTarget } from '@windlass/images';
import { renderSamplePictures } from '@windlass/images/samples';
import type { ConnectionId, SourceId, TeamId } from '@windlass/contract';
import { sourceLimits } from '@windlass/contract';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { Secret } from '../../kernel/secret.ts';
import type { BucketReader } from '../../platform/s3/bucket.ts';
import type { ResolvedSource } from '../sources/index.ts';
import { createImagesServer, type ImageRequestFacts, type ImagesServer } from './index.ts';

const keys = { secureKey: Buffer.from('k'.repeat(32)).toString('base64'), secureSalt: 'c2FsdA==' };
const now = new Date('2026-05-04T10:00:00Z');
const nowSeconds = now.getTime() / 1000;
const lastModified = new Date('2026-01-02T03:04:05Z');

const facts = (bytes: Uint8Array) => ({
  contentType: null,
  etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
  lastModified,
});

/** Objects in memory behind the same port as S3; keeps count of what was asked. */
const createMemoryBucket = () => {
  const objects = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const failures = new Map<string, AppError>();
  let delay = 0;
  const find = async (key: string, signal: AbortSignal): Promise<Uint8Array> => {
    await new Promise((resolve) => setTimeout(resolve, delay));
    signal.throwIfAborted();
    const failure = failures.get(key);
    if (failure !== undefined) throw failure;
    const bytes = objects.get(key);
    if (bytes === undefined) throw new AppError('notFound', 'There is no such object.');
    return bytes;
  };
  const reader: BucketReader = {
    getObject: async (key, { signal, maxBytes }) => {
      asked.push(`GET ${key}`);
      const bytes = await find(key, signal);
      if (bytes.byteLength > maxBytes) throw new AppError('payloadTooLarge', 'The object is too large.');
      return { bytes, ...facts(bytes) };
    },
    headObject: async (key, { signal }) => {
      asked.push(`HEAD ${key}`);
      const bytes = await find(key, signal);
      return { size: bytes.byteLength, ...facts(bytes) };
    },
    listObjects: async () => ({ objects: [], next: null }),
  };
  return { reader, objects, asked, failures, slowDown: (milliseconds: number) => (delay = milliseconds) };
};

const sourceNamed = (name: string, more: Partial<ResolvedSource> = {}): ResolvedSource => ({
  // Ids in the right shape are all that the listener passes on.
  sourceId: `src_${name}` as SourceId,
  teamId: 'team_1' as TeamId,
  connectionId: 'con_1' as ConnectionId,
  name,
  prefix: '',
  signingKeys: null,
  defaultParameters: '',
  limits: sourceLimits.parse({}),
  maxAgeSeconds: 600,
  version: '1',
  ...more,
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const signed = (path: string, rawQuery: string) =>
  `/safe/${path}?${rawQuery}${rawQuery === '' ? '' : '&'}signature=${signTarget({ path, rawQuery }, keys)}`;

describe('the images listener', () => {
  const pool = createRenderPool({ size: 2 });
  const sources = new Map<string, ResolvedSource>();
  const observed: ImageRequestFacts[] = [];
  const logged: object[] = [];
  let bucket: ReturnType<typeof createMemoryBucket>;
  let server: ImagesServer;
  let jpeg: Uint8Array;
  let png: Uint8Array;

  beforeAll(async () => {
    const pictures = await renderSamplePictures({ only: ['paper-shapes.jpg', 'botanical-leaves.png'] });
    [jpeg = Buffer.alloc(0), png = Buffer.alloc(0)] = pictures.map((picture) => picture.bytes);
  }, 60_000);
  afterAll(() => pool[Symbol.asyncDispose]());

  beforeEach(async () => {
    bucket = createMemoryBucket();
    bucket.objects
      .set('a.jpg', jpeg)
      .set('in/å b.jpg', jpeg)
      .set('leaf.png', png)
      .set('notes.txt', Buffer.from('hello'));
    sources.clear();
    sources.set('demo', sourceNamed('demo', { defaultParameters: 'format=webp' }));
    const signingKeys = { secureKey: new Secret(keys.secureKey), secureSalt: new Secret(keys.secureSalt) };
    sources.set('safe', sourceNamed('safe', { signingKeys }));
    sources.set('below', sourceNamed('below', { prefix: 'in/' }));
    sources.set(
      'small',
      sourceNamed('small', { limits: sourceLimits.parse({ maxInputBytes: 1024, maxOutputSide: 100 }) }),
    );
    observed.length = 0;
    logged.length = 0;
    server = await createImagesServer({
      host: '127.0.0.1',
      port: 0,
      imagesHost: 'images.test',
      pool,
      clock: { now: () => now },
      resolveSource: async (name) => sources.get(name) ?? null,
      openBucket: async () => bucket.reader,
      observe: (request) => observed.push(request),
      log: { error: (entry) => logged.push(entry) },
    });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> => {
    const request = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path,
      headers,
      method,
      agent: false,
    });
    request.end();
    const [response] = await once(request, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
  };
  const text = async (path: string, headers?: Record<string, string>) => {
    const answer = await get(path, headers);
    return answer.body.toString('utf8').trim();
  };
  const etagOf = async (path: string) => (await get(path)).headers.etag;
  const disposition = async (query: string) =>
    (await get(`/below/%C3%A5%20b.jpg?width=9&${query}`)).headers['content-disposition'];

  it('gives a picture with all its headers', async () => {
    const { status, headers, body } = await get('/demo/a.jpg?width=60');
    expect(status).toBe(200);
    expect(body.subarray(8, 12).toString()).toBe('WEBP');
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=600',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'content-disposition': 'inline; filename="a.webp"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    expect(headers.etag).toMatch(/^"[\w-]{32}"$/);
    expect(headers['server-timing']).toMatch(/^fetch;dur=[\d.]+, render;dur=[\d.]+$/);
    expect(headers['x-request-id']).toBeTruthy();
    expect(headers['set-cookie']).toBeUndefined();
    expect(observed).toMatchObject([{ method: 'GET', status: 200, bytes: body.length }]);
  });

  it('serves a source by host label too, whatever the port', async () => {
    const { status } = await get('/a.jpg?width=9', { host: 'DEMO.images.test:9999' });
    expect(status).toBe(200);
    expect(await text('/a.jpg', { host: 'none.images.test' })).toBe('404: No such source');
  });

  it('puts the prefix of the source before the decoded path', async () => {
    expect((await get('/below/%C3%A5%20b.jpg?width=9')).status).toBe(200);
    expect(bucket.asked).toEqual(['GET in/å b.jpg']);
    expect((await get('/demo/in%2F%C3%A5%20b.jpg?width=9')).status).toBe(200);
  });

  it('answers 304 without reading or decoding the original', async () => {
    const { headers } = await get('/demo/a.jpg?width=60');
    const rendered = pool.stats().rendered;
    bucket.asked.length = 0;
    for (const tag of [String(headers.etag), `"x", W/${headers.etag}`, '*']) {
      const again = await get('/demo/a.jpg?width=30&dpr=2', { 'if-none-match': tag });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    }
    expect(new Set(bucket.asked)).toEqual(new Set(['HEAD a.jpg']));
    expect(pool.stats().rendered).toBe(rendered);
  });

  it('changes the ETag with the picture, the original and the source', async () => {
    const first = await etagOf('/demo/a.jpg?width=20');
    expect(await etagOf('/demo/a.jpg?width=20&download=x&other=1')).toBe(first);
    expect(await etagOf('/demo/a.jpg?width=21')).not.toBe(first);
    bucket.objects.set('a.jpg', png);
    const second = await etagOf('/demo/a.jpg?width=20');
    expect(second).not.toBe(first);
    sources.set('demo', sourceNamed('demo', { defaultParameters: 'format=webp', version: '2' }));
    expect(await etagOf('/demo/a.jpg?width=20')).not.toBe(second);
  });

  it('answers HEAD with the same ETag and no render', async () => {
    const rendered = pool.stats().rendered;
    const head = await get('/demo/a.jpg?width=60', {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-type']]).toEqual([200, 0, 'image/webp']);
    expect(pool.stats().rendered).toBe(rendered);
    expect((await get('/demo/a.jpg?width=60')).headers.etag).toBe(head.headers.etag);
    expect((await get('/demo/none.jpg', {}, 'HEAD')).status).toBe(404);
  });

  it('asks a secured source for its signature first of all', async () => {
    expect(await text('/safe/a.jpg?width=9')).toBe('403: Invalid signature');
    expect(await text('/safe/a.jpg?width=nonsense')).toBe('403: Invalid signature');
    expect(await text(signed('a.jpg', 'width=9').replace('width=9', 'width=8'))).toBe(
      '403: Invalid signature',
    );
    expect(await text(`${signed('a.jpg', 'width=9')}&height=9`)).toBe('403: Invalid signature');
    expect(bucket.asked).toEqual([]);
    expect((await get(signed('a.jpg', 'width=9'))).status).toBe(200);
    expect((await get(signed('a.jpg', ''))).status).toBe(200);
    expect((await get('/demo/a.jpg?width=9&signature=whatever')).status).toBe(200);
  });

  it('obeys expires on a secured source', async () => {
    const soon = await get(signed('a.jpg', `width=9&expires=${nowSeconds + 90}`));
    expect([soon.status, soon.headers['cache-control']]).toEqual([200, 'public, max-age=90']);
    expect(await text(signed('a.jpg', `expires=${nowSeconds}`))).toBe('403: This URL has expired');
    expect(await text(signed('a.jpg', 'expires=soon'))).toMatch(/^400: expires takes/);
    expect((await get(`/demo/a.jpg?width=9&expires=1`)).status).toBe(200);
  });

  it('offers the picture as a download', async () => {
    expect(await disposition('download=')).toBe(
      `attachment; filename="_ b.jpg"; filename*=UTF-8''%C3%A5%20b.jpg`,
    );
    expect(await disposition('download=logo')).toBe('attachment; filename="logo.jpg"');
    expect(await disposition('download=a%22%0D%0Ab%2Fc.png')).toBe(
      `attachment; filename="a_-b-c.png"; filename*=UTF-8''a%22-b-c.png`,
    );
  });

  it.each([
    ['/demo/a.jpg?width=0', 400, 'width takes a whole number from 1 to 8192'],
    ['/demo/a.jpg?format=bmp', 400, 'format takes one of'],
    ['/demo/a.jpg?width=%', 400, 'width holds a broken percent-escape'],
    ['/demo/a%00.jpg', 400, 'path holds a NUL'],
    ['/demo/a%FF.jpg', 400, 'path is not UTF-8'],
    ['/small/a.jpg?width=101', 400, 'width takes a whole number from 1 to 100'],
    ['/', 404, 'No such source'],
    ['/nothing/a.jpg', 404, 'No such source'],
    ['/demo', 404, 'No such picture'],
    ['/demo/', 404, 'No such picture'],
    ['/demo/none.jpg', 404, 'No such picture'],
    [`/demo/${'x'.repeat(1025)}`, 404, 'No such picture'],
    ['/small/a.jpg', 413, 'The original is too large'],
    ['/demo/notes.txt', 415, 'This is not an image'],
    [`/demo/${'x'.repeat(8200)}`, 414, 'The URL is too long'],
  ])('refuses %s with %i', async (path, status, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain(`${status}: ${message}`);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(logged).toEqual([]);
  });

  it("tells of the bucket's trouble without its words, and logs them", async () => {
    bucket.failures.set('a.jpg', new AppError('originFailed', 'AccessDenied for key AKIA123 at 10.0.0.1'));
    bucket.failures.set('leaf.png', new AppError('originTimeout', 'no answer'));
    expect(await text('/demo/a.jpg')).toBe('502: The bucket did not answer as expected');
    expect(await text('/demo/leaf.png')).toBe('504: The bucket did not answer in time');
    expect((await get('/demo/a.jpg')).headers['cache-control']).toBe('no-store');
    expect(logged).toHaveLength(3);
  });

  it('answers preflights, refuses other methods, and has its fixed paths', async () => {
    const preflight = await get(
      '/demo/a.jpg',
      { origin: 'https://a.test', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    const post = await get('/demo/a.jpg', {}, 'POST');
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(await text('/healthz')).toBe('ok');
    expect(await text('/robots.txt')).toContain('User-agent: *');
    expect((await get('/favicon.ico')).status).toBe(204);
  });

  it('renders once for many who ask at the same moment', async () => {
    bucket.slowDown(50);
    const rendered = pool.stats().rendered;
    const answers = await Promise.all(Array.from({ length: 8 }, () => get('/demo/a.jpg?width=77')));
    expect(new Set(answers.map((answer) => answer.body.toString('base64'))).size).toBe(1);
    expect(pool.stats().rendered - rendered).toBe(1);
    expect(bucket.asked).toEqual(['GET a.jpg']);
  });

  it('lets nobody who left hold up the others, and calls off what nobody waits for', async () => {
    bucket.slowDown(100);
    const rendered = pool.stats().rendered;
    const leaver = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path: '/demo/a.jpg?width=78',
      agent: false,
    });
    leaver.on('error', () => undefined).end();
    const stayer = get('/demo/a.jpg?width=78');
    await new Promise((resolve) => setTimeout(resolve, 40));
    leaver.destroy();
    expect((await stayer).status).toBe(200);
    const alone = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path: '/demo/a.jpg?width=79',
      agent: false,
    });
    alone.on('error', () => undefined).end();
    await new Promise((resolve) => setTimeout(resolve, 40));
    alone.destroy();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(pool.stats().rendered - rendered).toBe(1);
  });

  it('finishes running requests when it closes', async () => {
    bucket.slowDown(150);
    const running = get('/demo/a.jpg?width=33');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server[Symbol.asyncDispose]();
    expect((await running).status).toBe(200);
  });

  it('answers what is no HTTP with 400 and goes on', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    const [data] = await once(socket, 'data');
    expect(String(data)).toMatch(/^HTTP\/1.1 400 /);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('ends every strange URL below 500', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat(9000).map(String),
      fc.constantFrom('crop', 'webp', '16:9', 'red', ''),
    );
    const name = fc.constantFrom(
      'width',
      'height',
      'mode',
      'format',
      'quality',
      'aspect-ratio',
      'dpr',
      'download',
      'x',
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 5 })
      .map((pairs) =>
        pairs.map(([key, word]) => `${key}=${encodeURIComponent(word.toWellFormed())}`).join('&'),
      );
    const raw = fc.string({ unit: fc.constantFrom(...'/%?&=a0F.+~;#@:\\\xff') });
    const path = fc.oneof(
      query.map((word) => `/demo/notes.txt?${word}`),
      raw.map((word) => `/${word}`),
      raw.map((word) => `/demo/${word}?${word}`),
    );
    await fc.assert(
      fc.asyncProperty(path, async (target) => {
        expect((await get(target)).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(logged).toEqual([]);
  });
});
