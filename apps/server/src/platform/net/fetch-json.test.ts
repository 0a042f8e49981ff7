import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createEndpointGuard } from './endpoint-guard.ts';
import { createFetchJson } from './fetch-json.ts';

/** What only this machine can reach, and what the server is asked for. */
let server: Server;
let origin = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    switch (request.url ?? '') {
      case '/moved':
        return response.writeHead(302, { location: '/json' }).end();
      case '/large':
        return response.end(`"${'x'.repeat(300 * 1024)}"`);
      case '/page':
        return response.end('<html>');
      case '/silent':
        return response.writeHead(200).write('{');
      default:
        return response.end('{"issuer":"me"}');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
afterEach(() => asked.splice(0));

const fetchJson = (url: string, allow: string[] = [new URL(origin).host], milliseconds = 5000) =>
  createFetchJson(createEndpointGuard({ allow }))(url, { signal: AbortSignal.timeout(milliseconds) });

it('reads a document of an allowed host', async () => {
  expect(await fetchJson(`${origin}/json?a=1`)).toEqual({ issuer: 'me' });
  expect(asked).toEqual(['/json?a=1']);
});

it.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'https://127.0.0.1'])(
  'never asks %s on a port that nobody allowed',
  async (host) => {
    await expect(fetchJson(`${host}:${new URL(origin).port}/json`, [])).rejects.toMatchObject({
      code: 'endpointRefused',
    });
    expect(asked).toEqual([]);
  },
);

it.each([
  ['/moved', 'answered 302'],
  ['/large', 'more than'],
  ['/page', 'not valid JSON'],
])('%s: %s', async (path, message) => {
  await expect(fetchJson(`${origin}${path}`)).rejects.toThrow(message);
  expect(asked).toEqual([path]);
});

it('gives up with its signal, in the middle of an answer too', async () => {
  await expect(fetchJson(`${origin}/silent`, undefined, 200)).rejects.toMatchObject({
    code: expect.stringMatching(/ABORT|ECONNRESET/),
  });
});
