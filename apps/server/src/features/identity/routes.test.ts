import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '../../platform/http/index.ts';
import { createLog } from '../../platform/telemetry/log.ts';
import type { IdentityIssuer } from './issuer.ts';
import { registerIdentityRoutes } from './routes.ts';

const discovery = { issuer: 'https://windlass.example.com' };
const keySet = { keys: [{ kid: 'k1', kty: 'RSA' }] };
const issuer: Pick<IdentityIssuer, 'discovery' | 'keySet'> = {
  discovery: () => discovery,
  keySet: async () => keySet,
};

let app: HttpServer;
beforeAll(async () => {
  app = await createHttpServer({
    log: createLog({ level: 'silent', pretty: false, destination: { write: () => true } }),
    bindHost: '127.0.0.1',
    publicUrl: 'https://windlass.example.com',
    imagesUrl: 'https://images.example.com',
    trustProxy: false,
  });
  registerIdentityRoutes(app, issuer);
});
afterAll(() => app.close());

it.each([
  ['/.well-known/openid-configuration', 'application/json', discovery],
  ['/.well-known/jwks.json', 'application/jwk-set+json', keySet],
])('%s is there for strangers, and for caches for an hour', async (url, type, body) => {
  const answer = await app.inject({ url, headers: { host: 'windlass.example.com' } });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(body);
  expect(answer.headers['content-type']).toContain(type);
  expect(answer.headers['cache-control']).toBe('public, max-age=3600');
});

it('takes nothing but questions', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/.well-known/jwks.json',
    headers: { host: 'windlass.example.com' },
  });
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
});
