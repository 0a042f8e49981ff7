import { operation } from '@windlass/contract';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { newId } from '../../kernel/new-id.ts';
import { createLog } from '../telemetry/log.ts';
import { registerApiRateLimit } from './api-rate-limit.ts';
import { createHttpServer } from './create-http-server.ts';
import { registerOperation } from './register-operation.ts';

const whoAmI = operation({
  id: 'whoAmI',
  method: 'GET',
  path: '/api/v1/who',
  tag: 'Things',
  access: 'public',
  status: 200,
  summary: 'Says whether the caller is known',
  response: z.object({ known: z.boolean() }),
});

let app: FastifyInstance;
let consumed = 0;
let port = 0;

/** Counts, and refuses nobody. */
const createRateLimiter = () => ({
  consume: async () => ({ limit: 100, remaining: 100 - ++consumed, resetSeconds: 60 }),
  reset: async () => {},
});

beforeAll(async () => {
  app = await createHttpServer({
    log: createLog({ level: 'silent', pretty: false, destination: { write: () => true } }),
    bindHost: '127.0.0.1',
    publicUrl: 'http://localhost:7400',
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
    authenticate: async () => ({ kind: 'user', userId: newId('usr'), sessionId: newId('ses') }),
  });
  registerApiRateLimit(app, createRateLimiter, 100);
  registerOperation(app, whoAmI, async ({ actor }) => ({ known: actor !== null }));
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

/** The target as it is: an HTTP client would tidy it. */
const ask = async (target: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  return text(socket);
};

test.each([
  '/api/v1/who',
  '/%61pi/v1/who',
  '/api%2Fv1/who',
  '/ap%69/v1/who?x',
  'http://localhost/api/v1/who',
])(
  'however its address is spelt (%s), a call of the API is recognised and counted, or it is not there',
  async (target) => {
    const before = consumed;
    const answer = await ask(target);
    if (answer.startsWith('HTTP/1.1 404')) return;
    expect(answer).toContain('{"known":true}');
    expect(answer).toContain('ratelimit-remaining');
    expect(consumed).toBe(before + 1);
  },
);

test('an address below /api/ that nothing answers is counted too', async () => {
  const before = consumed;
  expect(await ask('/api/v1/nothing')).toMatch(/^HTTP\/1\.1 404/);
  expect(consumed).toBe(before + 1);
});
