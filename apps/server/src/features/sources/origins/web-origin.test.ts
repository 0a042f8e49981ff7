import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { TeamId } from '@windlass/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../../../../../../tests/support/loopback-server.ts';
import { createEndpointGuard, createGuardedFetch, type GuardedFetch } from '../../../platform/net/index.ts';
import type { Origin, OriginFacts } from '../origin.ts';
import { createWebOrigin } from './web-origin.ts';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[] = [];
let headers: IncomingMessage['headers'] = {};
const servers: LoopbackServer[] = [];
const listen = () =>
  startLoopbackServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    ({ headers } = request);
    answer(request, response);
  });

let allowed = '';
let inner = '';
let fetch: GuardedFetch;
let origin: Origin;
const folderAt = (baseUrl: string, prefix = ''): Origin =>
  createWebOrigin({
    fetch,
    teamId: 'team_1' as TeamId,
    baseUrl,
    prefix,
    cdnLoop: 'images.example.com',
    patience: { answerMilliseconds: 300, wholeMilliseconds: 600 },
  });
beforeAll(async () => {
  servers.push(await listen(), await listen());
  [allowed = '', inner = ''] = servers.map(({ url }) => url);
  fetch = createGuardedFetch(createEndpointGuard({ allow: [new URL(allowed).host] }));
  origin = folderAt(`${allowed}/media/`);
});
afterAll(async () => {
  fetch[Symbol.dispose]();
  for (const server of servers) await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  asked = [];
});

const signal = AbortSignal.timeout(60_000);
const open = (key: string, ifChanged?: OriginFacts) =>
  origin.open(key, { signal, maxBytes: 10, ...(ifChanged === undefined ? {} : { ifChanged }) });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const openedBody = async (key: string): Promise<string> => readText((await open(key))!.body);
const modified = 'Fri, 02 Jan 2026 03:04:05 GMT';

describe('an original in a web folder', () => {
  it('comes with its facts, from below base URL and prefix', async () => {
    answer = (_, response) =>
      response
        .writeHead(200, { etag: 'W/"e1"', 'last-modified': modified, 'content-length': '4' })
        .end('four');
    const found = await folderAt(`${allowed}/media/`, 'sh op/').open('sh op/å.jpg', { signal, maxBytes: 4 });
    expect(found).toMatchObject({ etag: 'W/"e1"', lastModified: new Date(modified), size: 4 });
    expect(await readText(found!.body)).toBe('four');
    expect(asked).toEqual(['GET /media/sh%20op/%C3%A5.jpg']);
  });

  it('is asked for by name and without credentials, cookies or compression', async () => {
    answer = (_, response) => response.writeHead(200, { 'set-cookie': 'a=b' }).end();
    await openedBody('a.jpg');
    await openedBody('a.jpg');
    expect(headers).toEqual({
      host: new URL(allowed).host,
      connection: 'keep-alive',
      'user-agent': 'Windlass (image server)',
      accept: 'image/*,*/*;q=0.8',
      'accept-encoding': 'identity',
      'cdn-loop': 'images.example.com',
    });
  });

  it('is not sent again while it has the same tag, or the same date', async () => {
    answer = (request, response) => {
      const { 'if-none-match': tag, 'if-modified-since': date } = request.headers;
      response.writeHead(tag === '"e1"' || date === modified ? 304 : 200, { etag: '"e2"' }).end();
    };
    const facts = { lastModified: new Date(modified), size: null };
    expect(await open('a.jpg', { ...facts, etag: '"e1"' })).toBeNull();
    // The tag alone decides where there is one (RFC 9110 13.1.3).
    expect((await open('a.jpg', { ...facts, etag: '"e0"' }))?.etag).toBe('"e2"');
    expect(await open('a.jpg', { ...facts, etag: null })).toBeNull();
  });

  it('may have neither tag, date nor size', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'last-modified': 'yesterday', etag: '' });
      response.write('ab');
      response.end('cd');
    };
    const found = await open('a.jpg', { etag: null, lastModified: null, size: null });
    expect(found).toMatchObject({ etag: null, lastModified: null, size: null });
    expect(await readText(found!.body)).toBe('abcd');
  });

  it('is told about by HEAD, and by GET where a server knows no HEAD', async () => {
    answer = (request, response) =>
      response
        .writeHead(request.method === 'HEAD' && request.url?.includes('old') === true ? 405 : 200, {
          etag: '"e1"',
          'content-length': '4',
        })
        .end(request.method === 'GET' ? 'four' : undefined);
    for (const key of ['a.jpg', 'old.jpg']) {
      expect(await origin.head(key, { signal })).toEqual({ etag: '"e1"', lastModified: null, size: 4 });
    }
    expect(asked).toEqual(['HEAD /media/a.jpg', 'HEAD /media/old.jpg', 'GET /media/old.jpg']);
  });

  it.each([
    [404, 'notFound'],
    [410, 'notFound'],
    [403, 'notFound'],
    [401, 'notFound'],
    [500, 'originFailed'],
    [429, 'originFailed'],
    [206, 'originFailed'],
    [304, 'originFailed'],
    [302, 'originFailed'],
  ])('answered %i is %s', async (status, code) => {
    answer = (_, response) => response.writeHead(status).end();
    expect(await codeOf(open('a.jpg'))).toBe(code);
    expect(await codeOf(origin.head('a.jpg', { signal }))).toBe(code);
  });

  it('is refused when it comes compressed all the same', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    expect(await codeOf(open('a.jpg'))).toBe('originFailed');
  });

  it('is not read beyond its limit, announced or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '11' }).end('x'.repeat(11));
    expect(await codeOf(open('a.jpg'))).toBe('payloadTooLarge');
    answer = (_, response) => {
      response.write('x'.repeat(6));
      setTimeout(() => response.end('x'.repeat(5)), 10);
    };
    expect(await codeOf(openedBody('a.jpg'))).toBe('payloadTooLarge');
  });

  it('ends in time when its server is slow, before the answer and within it', async () => {
    answer = () => {};
    expect(await codeOf(open('a.jpg'))).toBe('originTimeout');
    answer = (_, response) => response.writeHead(200, { 'content-length': '5' }).write('1');
    expect(await codeOf(openedBody('a.jpg'))).toBe('originTimeout');
  });

  it('ends with the reason of whoever asked', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '5' }).write('1');
    const abort = new AbortController();
    const found = await origin.open('a.jpg', { signal: abort.signal, maxBytes: 10 });
    setTimeout(() => abort.abort(new Error('gone')), 20);
    await expect(readText(found!.body)).rejects.toThrow('gone');
  });

  it('is a failure of its server where the connection breaks or is refused', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '5' }).write('1');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await codeOf(openedBody('a.jpg'))).toBe('originFailed');
    answer = (_, response) => response.destroy();
    expect(await codeOf(open('a.jpg'))).toBe('originFailed');
  });

  it('is not fetched from a private address, neither at once nor where a redirect leads', async () => {
    expect(await codeOf(folderAt(`${inner}/`).open('a.jpg', { signal, maxBytes: 10 }))).toBe(
      'endpointRefused',
    );
    answer = (_, response) => response.writeHead(302, { location: `${inner}/secret` }).end();
    expect(await codeOf(open('a.jpg'))).toBe('endpointRefused');
    expect(await codeOf(origin.head('a.jpg', { signal }))).toBe('endpointRefused');
    expect(asked).toEqual(['GET /media/a.jpg', 'HEAD /media/a.jpg']);
  });

  it('is never looked for outside its folder', async () => {
    for (const key of ['../a.jpg', `${allowed}/a.jpg`, `${allowed}/media/../a.jpg`, `${inner}/media/a.jpg`]) {
      expect(await codeOf(open(key))).toBe('notFound');
    }
    expect(asked).toEqual([]);
    answer = (_, response) => response.end('here');
    expect(await openedBody(`${allowed}/media/a.jpg?v=1`)).toBe('here');
    expect(asked).toEqual(['GET /media/a.jpg?v=1']);
  });
});
