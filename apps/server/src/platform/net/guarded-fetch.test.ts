import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../../../../../tests/support/loopback-server.ts';
import { createEndpointGuard } from './endpoint-guard.ts';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts';

const resolveName = async () => [{ address: '93.184.216.34', family: 4 }];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer;
let asked: IncomingMessage[] = [];
const listen = () =>
  startLoopbackServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });

const servers: LoopbackServer[] = [];
let allowed = '';
let inner = '';
let fetch: GuardedFetch;
beforeAll(async () => {
  servers.push(await listen(), await listen());
  // The second is the same machine on a port that nobody allowed.
  [allowed = '', inner = ''] = servers.map(({ url }) => url);
  fetch = createGuardedFetch(createEndpointGuard({ allow: [new URL(allowed).host], resolveName }));
});
afterAll(async () => {
  fetch[Symbol.dispose]();
  for (const server of servers) await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  asked = [];
});

const signal = AbortSignal.timeout(60_000);
const get = (url: string, headers: Record<string, string> = {}) =>
  fetch.send(new URL(url), { method: 'GET', headers, signal });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const redirectTo =
  (...places: string[]): Answer =>
  (request, response) => {
    const place = places[Number(new URL(request.url ?? '', allowed).searchParams.get('hop') ?? 0)];
    if (place === undefined) response.end('arrived');
    else response.writeHead(302, { location: place, 'set-cookie': 'a=b' }).end();
  };

describe('a guarded fetch', () => {
  it('sends the headers it was given and no others that tell who asks', async () => {
    answer = (_, response) => response.end('here');
    const { status, body } = await get(`${allowed}/a%20b.jpg?x=1`, { 'user-agent': 'Windlass' });
    expect([status, await readText(body)]).toEqual([200, 'here']);
    expect(asked[0]?.url).toBe('/a%20b.jpg?x=1');
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual(['connection', 'host', 'user-agent']);
  });

  it('follows up to three redirects, and takes no cookie along', async () => {
    answer = redirectTo('/?hop=1', `${allowed}/?hop=2`, '?hop=3');
    expect(await readText((await get(`${allowed}/`)).body)).toBe('arrived');
    expect(asked).toHaveLength(4);
    expect(asked.every(({ headers }) => headers.cookie === undefined)).toBe(true);
    answer = redirectTo('/?hop=1', '/?hop=2', '/?hop=3', '/?hop=4');
    expect(await codeOf(get(`${allowed}/`))).toBe('originFailed');
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'http://u:p@127.0.0.1/', 'http://', 'data:,x'])(
    'does not follow a redirect to %s',
    async (place) => {
      answer = redirectTo(place);
      expect(await codeOf(get(`${allowed}/`))).toBe('originFailed');
      expect(asked).toHaveLength(1);
    },
  );

  it('reaches no private address, neither at once nor by a redirect', async () => {
    expect(await codeOf(get(`${inner}/`))).toBe('endpointRefused');
    for (const place of [`${inner}/`, 'http://localhost:1/', 'http://[::1]/', 'http://169.254.169.254/']) {
      answer = redirectTo(place);
      expect(await codeOf(get(`${allowed}/`))).toBe('endpointRefused');
    }
    expect(asked.map(({ headers }) => headers.host)).toEqual(Array(4).fill(new URL(allowed).host));
  });

  it('speaks plain http to allowed hosts only', async () => {
    expect(await codeOf(get('http://public.example/'))).toBe('endpointRefused');
    answer = redirectTo('http://public.example/');
    expect(await codeOf(get(`${allowed}/`))).toBe('endpointRefused');
  });

  it('hands on what is no redirect as it is', async () => {
    answer = (_, response) => response.writeHead(304).end();
    expect((await get(`${allowed}/`)).status).toBe(304);
    answer = (_, response) => response.writeHead(302).end();
    expect((await get(`${allowed}/`)).status).toBe(302);
  });

  it('ends with its signal, before the answer and within it', async () => {
    answer = () => {};
    const waiting = fetch.send(new URL(allowed), {
      method: 'GET',
      headers: {},
      signal: AbortSignal.timeout(50),
    });
    await expect(waiting).rejects.toThrow('aborted');
    answer = (_, response) => response.writeHead(200, { 'content-length': '5' }).write('1');
    const { body } = await fetch.send(new URL(allowed), {
      method: 'GET',
      headers: {},
      signal: AbortSignal.timeout(100),
    });
    await expect(readText(body)).rejects.toThrow('abort');
  });
});
