import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from './create-http-server.ts';
import { registerFramedPages, type Framing } from './framed-pages.ts';
import { pageFallback, registerWebApp } from './web-app.ts';

const framings: Readonly<Record<string, Framing>> = {
  anywhere: { ancestors: null, services: [] },
  nowhere: { ancestors: [], services: [] },
  listed: {
    ancestors: ['https://lab.example', 'http://localhost:3000'],
    services: ['https://robots.example'],
  },
};

let folder: string;
let app: HttpServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framed-'));
  await writeFile(join(folder, 'index.html'), '<title>app</title>');
  await writeFile(join(folder, 'order.html'), '<title>order</title>');
  app = await createHttpServer({
    log: pino({ level: 'silent' }),
    bindHost: '127.0.0.1',
    publicUrl: 'https://media.example.com',
    imagesUrl: 'https://images.example.com',
    trustProxy: false,
    fallback: pageFallback(true),
  });
  await registerWebApp(app, folder, 'order.html');
  registerFramedPages(app, {
    file: 'order.html',
    addresses: ['/d/:name'],
    https: true,
    framingOf: async (_address, name) => framings[name] ?? null,
  });
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = async (url: string) => {
  const { statusCode, headers, body } = await app.inject({
    url,
    headers: { host: 'media.example.com', accept: 'text/html' },
  });
  const policy = String(headers['content-security-policy']);
  return {
    statusCode,
    headers,
    body,
    directive: (name: string) => new RegExp(`(?:^|; )${name} ([^;]*)`).exec(policy)?.[1],
  };
};

it.each([
  ['anywhere', '*', undefined],
  ['listed', 'https://lab.example http://localhost:3000', undefined],
  ['nowhere', "'none'", 'DENY'],
  ['missing', "'none'", 'DENY'],
])('a page that may be framed %s says so: %s', async (name, ancestors, old) => {
  const { statusCode, headers, body, directive } = await get(`/d/${name}`);
  expect([statusCode, body]).toEqual([200, '<title>order</title>']);
  expect(directive('frame-ancestors')).toBe(ancestors);
  expect(headers['x-frame-options']).toBe(old);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['permissions-policy']).toContain('camera=(self)');
});

it('loads from others only where its own page does', async () => {
  const listed = await get('/d/listed');
  expect(listed.directive('script-src')).toBe("'self' https://robots.example");
  expect(listed.directive('frame-src')).toBe('https://robots.example');
  const anywhere = await get('/d/anywhere');
  expect(anywhere.directive('script-src')).toBe("'self'");
  expect(anywhere.directive('frame-src')).toBeUndefined();
  expect(anywhere.directive('connect-src')).toBe("'self' https:");
});

it.each(['/', '/sources', '/order.html', '/api/v1/nothing'])('%s stays unframed', async (url) => {
  const { headers, directive } = await get(url);
  expect(headers['x-frame-options']).toBe('DENY');
  expect(directive('frame-ancestors')).toBe("'none'");
  expect(headers['permissions-policy']).toContain('camera=()');
});
