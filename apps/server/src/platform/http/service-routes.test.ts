import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../kernel/log.ts';
import { Secret } from '../../kernel/secret.ts';
import { createLog } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import {
  buildOpenApi,
  createHttpServer,
  hasWebApp,
  pageFallback,
  registerDocs,
  registerHealth,
  registerMetrics,
  registerWebApp,
  type HttpServerOptions,
} from './index.ts';

const createServer = (options: Partial<HttpServerOptions> = {}): Promise<FastifyInstance> =>
  createHttpServer({
    log: createLog({ level: 'silent', pretty: false, destination: { write: () => true } }),
    bindHost: '127.0.0.1',
    publicUrl: 'http://localhost:7400',
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
    ...options,
  });

describe('health', () => {
  test('alive and ready; then not ready with the reason, and not while stopping', async () => {
    let works = true;
    let draining = false;
    const app = await createServer();
    registerHealth(app, {
      log: silentLog,
      isDraining: () => draining,
      checks: [
        {
          name: 'database',
          failure: 'does not answer',
          run: async () => {
            if (!works) throw new Error('planted: password in a connection error');
          },
        },
      ],
    });
    const ready = () => app.inject('/readyz');
    expect((await ready()).json()).toEqual({ ready: true, checks: { database: 'ok' } });

    works = false;
    const broken = await ready();
    expect(broken.statusCode).toBe(503);
    expect(broken.json()).toEqual({ ready: false, checks: { database: 'does not answer' } });
    expect((await app.inject('/healthz')).statusCode).toBe(200);

    works = true;
    draining = true;
    expect((await ready()).statusCode).toBe(503);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('metrics', () => {
  test('count answers by route; this machine reads them, a proxied caller does not', async () => {
    const metrics = createMetrics();
    const app = await createServer({ metrics });
    registerMetrics(app, metrics, null);
    await app.inject('/metrics');
    const page = await app.inject('/metrics');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(
      'windlass_http_request_duration_seconds_count{method="GET",route="/metrics",status="200"}',
    );
    expect(page.body).toContain('nodejs_eventloop_lag_seconds');
    expect(
      (await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.1' } })).statusCode,
    ).toBe(404);
    expect((await app.inject({ url: '/metrics', remoteAddress: '203.0.113.1' })).statusCode).toBe(404);
  });

  test('with a token only its bearer reads them', async () => {
    const metrics = createMetrics();
    const app = await createServer({ metrics });
    registerMetrics(app, metrics, new Secret('a-token-of-metrics'));
    const ask = (authorization: string) => app.inject({ url: '/metrics', headers: { authorization } });
    expect((await ask('Bearer wrong')).statusCode).toBe(404);
    expect((await app.inject('/metrics')).statusCode).toBe(404);
    expect((await ask('Bearer a-token-of-metrics')).statusCode).toBe(200);
  });

  test('a gauge is read when somebody asks', async () => {
    const metrics = createMetrics();
    let length = 1;
    metrics.gauge('windlass_queue_length', 'Waiting', () => length);
    length = 7;
    expect((await metrics.render()).text).toContain('windlass_queue_length 7');
  });
});

describe('docs', () => {
  test('the document and the page that shows it, under a policy without inline scripts', async () => {
    const app = await createServer();
    await registerDocs(app, buildOpenApi([], '1.2.3'));
    expect((await app.inject('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
    const page = await app.inject('/api/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.body).not.toMatch(/<script>(?!<)/);
    expect((await app.inject('/api/docs/static/swagger-ui.css')).statusCode).toBe(200);
  });
});

describe('web app', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'windlass-dist-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const page = { accept: 'text/html,*/*' };

  test('every page address answers with the page; assets are kept for ever; the API keeps its 404', async () => {
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Windlass</title>');
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'assets/app-1a2b.js'), 'export {}');
    expect(hasWebApp(directory)).toBe(true);
    const app = await createServer({ fallback: pageFallback(true) });
    await registerWebApp(app, directory);

    for (const url of ['/', '/connections/con_1?tab=x']) {
      const answer = await app.inject({ url, headers: page });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('<title>Windlass</title>');
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
      expect(answer.headers['content-security-policy']).toContain('http://localhost:7401');
    }
    const asset = await app.inject('/assets/app-1a2b.js');
    expect(asset.headers['cache-control']).toContain('immutable');
    expect((await app.inject({ url: '/api/v1/nothing', headers: page })).json()).toMatchObject({
      code: 'notFound',
    });
    expect((await app.inject({ url: '/assets/gone.js', headers: { accept: '*/*' } })).statusCode).toBe(404);
    expect((await app.inject('/assets/..%2f..%2fetc%2fpasswd')).statusCode).toBe(404);
  });

  test('a page asked for again keeps the policy that it came with', async () => {
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Windlass</title>');
    const app = await createServer({ fallback: pageFallback(true) });
    await registerWebApp(app, directory);
    const first = await app.inject({ url: '/', headers: page });
    const again = await app.inject({
      url: '/',
      headers: { ...page, 'if-none-match': String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    expect(again.headers).not.toHaveProperty('content-security-policy');
  });

  test('without a build there is a page that says so', async () => {
    expect(hasWebApp(directory)).toBe(false);
    const app = await createServer({ fallback: pageFallback(false) });
    const answer = await app.inject({ url: '/', headers: page });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('not built');
  });
});
