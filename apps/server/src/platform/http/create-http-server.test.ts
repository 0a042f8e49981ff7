import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { operation, problem } from '@windlass/contract';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '../telemetry/log.ts';
import { createHttpServer } from './create-http-server.ts';
import { registerOperation } from './register-operation.ts';

const params = z.object({ thingId: z.string().regex(/^[a-z]{1,8}$/) });
const thing = z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()) });

const getThing = operation({
  id: 'getThing',
  method: 'GET',
  path: '/api/v1/things/:thingId',
  tag: 'Things',
  access: 'public',
  status: 200,
  versioned: true,
  summary: 'Show a thing',
  params,
  query: z.object({ limit: z.coerce.number().int().max(9).default(1) }),
  response: thing,
});
const updateThing = operation({
  id: 'updateThing',
  method: 'PATCH',
  path: '/api/v1/things/:thingId',
  tag: 'Things',
  access: 'public',
  status: 200,
  versioned: true,
  summary: 'Edit a thing',
  params,
  body: z.object({ name: z.string().max(20), tags: z.array(z.string()).max(3).default([]) }).partial(),
  response: thing,
});
const secretThing = operation({
  id: 'secretThing',
  method: 'POST',
  path: '/api/v1/secrets',
  tag: 'Things',
  access: 'signed-in',
  status: 201,
  summary: 'Make a secret thing',
  body: z.object({ name: z.string() }),
  response: thing,
});
const brokenThing = operation({
  id: 'brokenThing',
  method: 'GET',
  path: '/api/v1/broken',
  tag: 'Things',
  access: 'public',
  status: 200,
  summary: 'Answers what it should not',
  query: z.object({ how: z.enum(['shape', 'throw']) }),
  response: thing,
});

const visitedThing = operation({
  id: 'visitedThing',
  method: 'GET',
  path: '/api/v1/visited',
  tag: 'Things',
  access: 'public',
  status: 200,
  versioned: true,
  unversioned: ['visits'],
  summary: 'Show a thing that counts who saw it',
  response: z.object({ name: z.string(), visits: z.int() }),
});

const logged: string[] = [];
const serverOptions = {
  log: createLog({ level: 'info', pretty: false, destination: { write: (line) => logged.push(line) } }),
  bindHost: '127.0.0.1',
  publicUrl: 'https://windlass.example.com',
  imagesUrl: 'https://images.example.com',
  trustProxy: false,
  bodyLimitBytes: 4096,
} as const;
let app: FastifyInstance;
const visited = { name: 'door', visits: 0 };
let current = { id: 'a', name: 'first', tags: ['x'], hidden: 'not on the wire' };

beforeAll(async () => {
  app = await createHttpServer(serverOptions);
  registerOperation(app, visitedThing, async () => ({ ...visited, visits: (visited.visits += 1) }));
  registerOperation(app, getThing, async () => current);
  registerOperation(app, updateThing, async ({ body, requireMatch }) => {
    requireMatch(current);
    const { name = current.name, tags = current.tags } = body;
    current = { ...current, name, tags };
    return current;
  });
  registerOperation(app, secretThing, async () => current);
  registerOperation(app, brokenThing, async ({ query }) => {
    if (query.how === 'throw') throw new Error('planted-internal', { cause: new Error('planted-cause') });
    // What the type forbids is what this test is about.
    return { id: 'a', name: 'x', tags: [1] } as unknown as typeof current;
  });
  await app.ready();
});
afterAll(() => app.close());

test('takes JSON without a byte as no body', async () => {
  const own = await createHttpServer(serverOptions);
  own.delete('/api/v1/empty', async (request) => ({ body: request.body ?? null }));
  const answer = await own.inject({
    method: 'DELETE',
    url: '/api/v1/empty',
    headers: { 'content-type': 'application/json' },
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, { body: null }]);
  await own.close();
});

describe('errors', () => {
  const json = { 'content-type': 'application/json' };
  test.each([
    ['an unknown path', { method: 'GET', url: '/api/v1/nothing' }, 404, 'notFound'],
    ['a method that the path lacks', { method: 'DELETE', url: '/api/v1/things/a' }, 405, 'methodNotAllowed'],
    ['a bad path part', { method: 'GET', url: '/api/v1/things/A9' }, 400, 'invalidRequest'],
    ['a bad query', { method: 'GET', url: '/api/v1/things/a?limit=10' }, 400, 'invalidRequest'],
    ['a broken percent encoding', { method: 'GET', url: '/api/v1/things/%zz' }, 400, 'invalidRequest'],
    [
      'a very long path part',
      { method: 'GET', url: `/api/v1/things/${'a'.repeat(900)}` },
      400,
      'invalidRequest',
    ],
    [
      'broken JSON',
      { method: 'PATCH', url: '/api/v1/things/a', headers: json, payload: '{"a":' },
      400,
      'malformedBody',
    ],
    [
      'no body where one is needed',
      { method: 'PATCH', url: '/api/v1/things/a', headers: json, payload: '' },
      400,
      'invalidRequest',
    ],
    [
      'a prototype in the body',
      { method: 'PATCH', url: '/api/v1/things/a', headers: json, payload: '{"__proto__":{"a":1}}' },
      400,
      'malformedBody',
    ],
    [
      'another content type',
      { method: 'PATCH', url: '/api/v1/things/a', headers: { 'content-type': 'text/xml' }, payload: '<a/>' },
      415,
      'unsupportedMediaType',
    ],
    [
      'a body that is too large',
      { method: 'PATCH', url: '/api/v1/things/a', payload: { name: 'x'.repeat(5000) } },
      413,
      'payloadTooLarge',
    ],
    [
      'NUL in text',
      { method: 'PATCH', url: '/api/v1/things/a', payload: { name: 'a\0' } },
      400,
      'invalidRequest',
    ],
    [
      'half a surrogate pair',
      { method: 'PATCH', url: '/api/v1/things/a', headers: json, payload: '{"name":"\\ud800"}' },
      400,
      'invalidRequest',
    ],
    [
      'no credentials, whatever the body',
      { method: 'POST', url: '/api/v1/secrets', payload: {} },
      401,
      'notSignedIn',
    ],
    [
      'a foreign Host',
      { method: 'GET', url: '/api/v1/things/a', headers: { host: 'evil.example:7400' } },
      421,
      'misdirected',
    ],
  ] as const)('%s is a problem', async (_name, request, status, code) => {
    const response = await app.inject(request);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const body = problem.parse(response.json());
    expect(body).toMatchObject({
      code,
      status,
      requestId: response.headers['x-request-id'] ?? body.requestId,
    });
    expect(response.body).not.toMatch(/\.ts|node_modules|\n\s+at /);
  });

  test('names the fields that are wrong', async () => {
    const response = await app.inject({
      method: 'PATCH',
      url: '/api/v1/things/a',
      payload: { name: 'x'.repeat(21), tags: ['a', 7] },
    });
    expect(problem.parse(response.json()).errors?.map(({ path }) => path)).toEqual(['name', 'tags.1']);
  });

  test('405 says what is allowed', async () => {
    const response = await app.inject({ method: 'DELETE', url: '/api/v1/things/a' });
    expect(response.headers.allow?.split(', ').toSorted()).toEqual(['GET', 'HEAD', 'PATCH']);
  });

  test.each(['throw', 'shape'])(
    'what is our fault (%s) is a 500 that tells nothing, and is logged',
    async (how) => {
      logged.length = 0;
      const response = await app.inject({ method: 'GET', url: `/api/v1/broken?how=${how}` });
      expect(response.statusCode).toBe(500);
      expect(problem.parse(response.json()).code).toBe('internal');
      expect(response.body).not.toContain('planted');
      expect(logged.join('')).toContain(how === 'throw' ? 'planted-cause' : 'tags');
    },
  );

  test('what is not HTTP is answered with 400, too large headers with 431', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const exchange = async (bytes: string): Promise<string> => {
      const socket = connect(address.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(bytes);
      return text(socket);
    };
    expect(await exchange('NONSENSE\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 [\s\S]*problem\+json[\s\S]*invalidRequest/,
    );
    expect(await exchange(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  });
});

const getVisited = (etag: string) =>
  app.inject({ url: '/api/v1/visited', headers: { 'if-none-match': etag } });

describe('versions', () => {
  test('an edit needs the ETag of what GET shows', async () => {
    const url = '/api/v1/things/a';
    const { headers } = await app.inject({ method: 'GET', url });
    const etag = String(headers.etag);

    const without = await app.inject({ method: 'PATCH', url, payload: { name: 'n1' } });
    expect(without.statusCode).toBe(428);

    const edited = await app.inject({
      method: 'PATCH',
      url,
      payload: { name: 'n2' },
      headers: { 'if-match': etag },
    });
    expect(edited.statusCode).toBe(200);
    expect(edited.headers.etag).not.toBe(etag);

    const late = await app.inject({
      method: 'PATCH',
      url,
      payload: { name: 'n3' },
      headers: { 'if-match': etag },
    });
    expect(late.statusCode).toBe(412);

    const known = await app.inject({
      method: 'GET',
      url,
      headers: { 'if-none-match': String(edited.headers.etag) },
    });
    expect(known.statusCode).toBe(304);
    expect(known.body).toBe('');
  });

  test('what changes by itself is no part of the version, and is always answered as it is', async () => {
    const first = await getVisited('"none"');
    const second = await getVisited(String(first.headers.etag));
    expect(second.headers.etag).toBe(first.headers.etag);
    expect([first.json().visits, second.json().visits]).toEqual([1, 2]);
    visited.name = 'gate';
    expect((await getVisited('"none"')).headers.etag).not.toBe(first.headers.etag);
  });
});

const given = (id: string) => ({ method: 'GET', url: '/nothing', headers: { 'x-request-id': id } }) as const;

describe('headers', () => {
  test('every answer, also an error, forbids framing, sniffing and scripts', async () => {
    for (const url of ['/api/v1/things/a', '/nothing']) {
      const { headers } = await app.inject({ method: 'GET', url });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toContain('max-age=');
    }
  });

  test('a sane request id is kept, another is replaced', async () => {
    expect((await app.inject(given('trace-1'))).headers['x-request-id']).toBe('trace-1');
    expect((await app.inject(given('a b\tc'))).headers['x-request-id']).toMatch(/^req_/);
  });

  test('the log has route and status but no address, header or body', async () => {
    logged.length = 0;
    await app.inject({
      method: 'PATCH',
      url: '/api/v1/things/a?token=planted-1',
      headers: { authorization: 'Bearer planted-2', cookie: 'windlass_session=planted-3' },
      payload: { name: 'planted-4' },
    });
    const lines = logged.join('');
    expect(lines).toContain('"route":"/api/v1/things/:thingId"');
    expect(lines).toContain('"status":428');
    expect(lines).not.toContain('planted');
  });
});

test('whatever is sent, the answer is below 500', async () => {
  const headerValue = fc.stringMatching(/^[\x20-\x7e]{0,60}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
      fc.oneof(
        fc.webPath().map((path) => `/x${path}`),
        fc.string().map((part) => `/api/v1/things/${encodeURIComponent(part.toWellFormed())}`),
        fc.stringMatching(/^[!-~]{0,30}$/).map((part) => `/api/v1/things/${part}`),
        fc.constantFrom('/api/v1/things/a', '/api/v1/things/a?limit=x', '/api/v1/secrets', '/'),
      ),
      fc.dictionary(
        fc.constantFrom(
          'content-type',
          'accept',
          'if-match',
          'if-none-match',
          'x-request-id',
          'cookie',
          'range',
        ),
        fc.oneof(headerValue, fc.constantFrom('application/json', '*', '"x"')),
      ),
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.jsonValue().map((value) => JSON.stringify({ name: value, tags: value })),
      ),
      async (method, url, headers, payload) => {
        const response = await app.inject({
          // The names above are Fastify's own.
          method: method as 'GET',
          url,
          headers,
          ...(method === 'GET' || method === 'HEAD' ? {} : { payload }),
        });
        expect(response.statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: 500 },
  );
});
