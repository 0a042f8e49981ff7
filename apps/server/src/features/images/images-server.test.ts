import { once } from 'node:events';
import { connect } from 'node:net';
import { signTarget } from '@windlass/images';
import { parameterNames } from '@windlass/images/parameters';
import { sourceLimits } from '@windlass/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { Secret } from '../../kernel/secret.ts';
import { noPurges } from '../sources/index.ts';
import { imagesSceneOfFile } from './testing/images-scene-of-file.ts';
import { sourceNamed, type ImagesScene } from './testing/images-scene.ts';

const keys = { secureKey: Buffer.from('k'.repeat(32)).toString('base64'), secureSalt: 'c2FsdA==' };
const nowSeconds = new Date('2026-05-04T10:00:00Z').getTime() / 1000;

const signed = (path: string, rawQuery: string) =>
  `/safe/${path}?${rawQuery}${rawQuery === '' ? '' : '&'}signature=${signTarget({ path, rawQuery }, keys)}`;

describe('the images listener', () => {
  let scene: ImagesScene;
  let jpeg: Uint8Array;
  let png: Uint8Array;
  const { get, put, text } = imagesSceneOfFile(async (opened, pictures) => {
    scene = opened;
    ({ jpeg, png } = pictures);
    await Promise.all([
      put('a.jpg', jpeg),
      put('in/å b.jpg', jpeg),
      put('leaf.png', png),
      put('notes.txt', Buffer.from('hello')),
    ]);
    const { sources } = scene;
    sources.set('demo', sourceNamed('demo', { defaultParameters: 'format=webp' }));
    const signingKeys = [{ secureKey: new Secret(keys.secureKey), secureSalt: new Secret(keys.secureSalt) }];
    sources.set('safe', sourceNamed('safe', { signingKeys }));
    sources.set('below', sourceNamed('below', { prefix: 'in/' }));
    sources.set(
      'small',
      sourceNamed('small', { limits: sourceLimits.parse({ maxInputBytes: 1024, maxOutputSide: 100 }) }),
    );
  });

  const etagOf = async (path: string) => (await get(path)).headers.etag;
  const disposition = async (query: string) =>
    (await get(`/below/%C3%A5%20b.jpg?width=9&${query}`)).headers['content-disposition'];

  it('gives a picture with all its headers', async () => {
    const { status, headers, body } = await get('/demo/a.jpg?width=60');
    expect(status).toBe(200);
    expect(body.subarray(8, 12).toString()).toBe('WEBP');
    expect(headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-type': 'image/webp',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=600, stale-while-revalidate=3600',
      'cache-status': 'windlass; fwd=miss; stored',
      'last-modified': expect.stringMatching(/ GMT$/),
      'content-disposition': 'inline; filename="a.webp"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    expect(headers.etag).toMatch(/^"[\w-]{32}"$/);
    expect(headers['server-timing']).toMatch(
      /^source;dur=[\d.]+, .*origin;dur=[\d.]+, queue;dur=[\d.]+, prepare;dur=[\d.]+, pipeline;dur=[\d.]+$/,
    );
    expect(headers['x-request-id']).toBeTruthy();
    expect(headers['set-cookie']).toBeUndefined();
    expect(scene.answered).toMatchObject([{ method: 'GET', status: 200, from: 'made', bytes: body.length }]);
    expect(scene.usage).toMatchObject({
      requests: 1,
      misses: 1,
      bytesOut: body.length,
      bytesFromOrigin: jpeg.length,
    });
  });

  it('serves a source by host label too, whatever the port', async () => {
    const { status } = await get('/a.jpg?width=9', { host: 'DEMO.images.test:9999' });
    expect(status).toBe(200);
    expect(await text('/a.jpg', { host: 'none.images.test' })).toBe('404: No such source');
  });

  it('puts the prefix of the source before the decoded path', async () => {
    expect((await get('/below/%C3%A5%20b.jpg?width=9')).status).toBe(200);
    expect(scene.asked).toEqual(['GET in/å b.jpg']);
    expect((await get('/demo/in%2F%C3%A5%20b.jpg?width=9')).status).toBe(200);
  });

  it('answers 304 without reading or decoding the original', async () => {
    const { headers } = await get('/demo/a.jpg?width=60');
    const rendered = scene.rendered();
    scene.asked.length = 0;
    for (const tag of [String(headers.etag), `"x", W/${headers.etag}`, '*']) {
      const again = await get('/demo/a.jpg?width=30&dpr=2', { 'if-none-match': tag });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    }
    expect(scene.asked).toEqual([]);
    expect(scene.rendered()).toBe(rendered);
  });

  it('changes the ETag with the picture and the original, and with nothing else', async () => {
    const first = await etagOf('/demo/a.jpg?width=20');
    expect(await etagOf('/demo/a.jpg?width=20&download=x&other=1')).toBe(first);
    expect(await etagOf('/demo/a.jpg?width=21')).not.toBe(first);
    expect(await etagOf('/small/a.jpg?width=20')).not.toBe(first);
    scene.sources.set('demo', sourceNamed('demo', { defaultParameters: 'format=webp', version: '2' }));
    expect(await etagOf('/demo/a.jpg?width=20&again')).toBe(first);
    await put('a.jpg', png);
    scene.server.purge(null);
    const purges = { ...noPurges, all: scene.now.getTime() };
    scene.sources.set('demo', sourceNamed('demo', { defaultParameters: 'format=webp', purges }));
    expect(await etagOf('/demo/a.jpg?width=20')).not.toBe(first);
  });

  it('answers HEAD with the same ETag and no render', async () => {
    const rendered = scene.rendered();
    const head = await get('/demo/a.jpg?width=60', {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-type']]).toEqual([200, 0, 'image/webp']);
    expect(scene.rendered()).toBe(rendered);
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
    expect(scene.asked).toEqual([]);
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
    expect(scene.logged).toEqual([]);
  });

  it("tells of the origin's trouble without its words, and logs each once", async () => {
    scene.failures.set('a.jpg', new AppError('originFailed', 'AccessDenied for key AKIA123 at 10.0.0.1'));
    scene.failures.set('leaf.png', new AppError('originTimeout', 'no answer'));
    expect(await text('/demo/a.jpg')).toBe('502: The origin did not answer as expected');
    expect(await text('/demo/leaf.png')).toBe('504: The origin did not answer in time');
    expect((await get('/demo/a.jpg')).headers['cache-control']).toBe('no-store');
    expect(scene.logged).toHaveLength(2);
  });

  it('names each answer anew, or as the caller names it, also where it stood ready', async () => {
    const ids = [];
    for (let count = 0; count < 3; count += 1)
      ids.push((await get('/demo/a.jpg?width=9')).headers['x-request-id']);
    expect(new Set(ids).size).toBe(3);
    const named = await get('/demo/a.jpg?width=9', { 'x-request-id': 'mine-1' });
    expect(named.headers).toMatchObject({
      'x-request-id': 'mine-1',
      'cache-status': 'windlass; hit; detail=hot',
    });
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
    scene.delay = 50;
    const rendered = scene.rendered();
    const answers = await Promise.all(Array.from({ length: 100 }, () => get('/demo/a.jpg?width=77')));
    expect(new Set(answers.map((answer) => answer.body.toString('base64'))).size).toBe(1);
    expect(scene.rendered() - rendered).toBe(1);
    expect(scene.asked).toEqual(['GET a.jpg']);
    // Whoever comes when it is made, as on a busy machine, finds it in memory.
    expect(scene.joins).toBeGreaterThan(0);
    expect(scene.usage).toMatchObject({ requests: 100, misses: 1, memoryHits: 99 });
  });

  it('lets nobody who left hold up the others, and calls off what nobody waits for', async () => {
    scene.delay = 100;
    const rendered = scene.rendered();
    const leaver = scene.open('/demo/a.jpg?width=78');
    leaver.on('error', () => undefined).end();
    const stayer = get('/demo/a.jpg?width=78');
    await new Promise((resolve) => setTimeout(resolve, 40));
    leaver.destroy();
    expect((await stayer).status).toBe(200);
    const alone = scene.open('/demo/leaf.png?width=79');
    alone.on('error', () => undefined).end();
    await new Promise((resolve) => setTimeout(resolve, 40));
    alone.destroy();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(scene.rendered() - rendered).toBe(1);
  });

  it('finishes running requests when it closes', async () => {
    scene.delay = 150;
    const running = get('/demo/a.jpg?width=33');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await scene.server[Symbol.asyncDispose]();
    expect((await running).status).toBe(200);
  });

  it('answers what is no HTTP with 400 and goes on', async () => {
    const socket = connect(scene.server.port, '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    const [data] = await once(socket, 'data');
    expect(String(data)).toMatch(/^HTTP\/1.1 400 /);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('ends every strange URL below 500', async () => {
    await put('small.png', (await get('/demo/leaf.png?width=24&format=png')).body);
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat(9000).map(String),
      fc.constantFrom(
        'crop',
        'webp',
        '16:9',
        'red',
        '',
        'true',
        'small.png?width=9',
        'face',
        '0,0,9,9',
        '<b>x</b>',
      ),
    );
    const name = fc.constantFrom(...parameterNames, 'x');
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 5 })
      .map((pairs) =>
        pairs.map(([key, word]) => `${key}=${encodeURIComponent(word.toWellFormed())}`).join('&'),
      );
    const raw = fc.string({ unit: fc.constantFrom(...'/%?&=a0F.+~;#@:\\\xff') });
    const path = fc.oneof(
      query.map((word) => `/demo/notes.txt?${word}`),
      query.map((word) => `/demo/small.png?${word}`),
      raw.map((word) => `/${word}`),
      raw.map((word) => `/demo/${word}?${word}`),
    );
    await fc.assert(
      fc.asyncProperty(path, async (target) => {
        expect((await get(target)).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(scene.logged).toEqual([]);
  });
});
