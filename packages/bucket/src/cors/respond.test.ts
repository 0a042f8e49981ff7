import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBucket } from '../testing/start-bucket.ts';
import type { StartedBucket } from '../testing/start-bucket.ts';

let started: StartedBucket;
beforeAll(async () => {
  started = await startBucket();
  await started.server.putCors('photos', [
    {
      allowedOrigins: ['https://app.example'],
      allowedMethods: ['PUT'],
      allowedHeaders: ['content-type', 'x-amz-meta-*'],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 60,
    },
    {
      allowedOrigins: ['https://*.example'],
      allowedMethods: ['GET', 'PUT'],
      allowedHeaders: ['*'],
      exposeHeaders: [],
    },
  ]);
});
afterAll(() => started[Symbol.asyncDispose]());

const preflight = (origin: string, method: string, headers?: string): Promise<Response> =>
  fetch(`${started.server.url}/photos/key`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
    },
  });

describe('CORS', () => {
  test('answers a preflight by the first rule that fits', async () => {
    const first = await preflight('https://app.example', 'PUT', 'content-type, X-Amz-Meta-A');
    expect([
      first.status,
      first.headers.get('access-control-allow-origin'),
      first.headers.get('access-control-allow-methods'),
      first.headers.get('access-control-max-age'),
      first.headers.get('access-control-allow-headers'),
    ]).toEqual([200, 'https://app.example', 'PUT', '60', 'content-type, x-amz-meta-a']);
    expect(
      (await preflight('https://app.example', 'PUT', 'if-none-match')).headers.get(
        'access-control-allow-methods',
      ),
    ).toBe('GET, PUT');
    expect(first.headers.get('vary')).toContain('Origin');
  });

  test.each([
    ['https://app.example', 'DELETE'],
    ['https://app.example:443', 'GET'],
    ['http://app.example', 'PUT'],
    ['https://example', 'GET'],
    ['null', 'GET'],
  ])('refuses %s %s', async (origin, method) => {
    const refused = await preflight(origin, method);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>AccessForbidden</Code>');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('lets a page read answers and errors', async () => {
    const refused = await fetch(`${started.server.url}/photos/key`, {
      headers: { origin: 'https://app.example' },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      403,
      'https://app.example',
    ]);
    const other = await fetch(`${started.server.url}/photos/key`, {
      headers: { origin: 'https://evil.test' },
    });
    expect([other.headers.get('access-control-allow-origin'), other.headers.get('vary')]).toEqual([
      null,
      expect.stringContaining('Origin'),
    ]);
  });
});
