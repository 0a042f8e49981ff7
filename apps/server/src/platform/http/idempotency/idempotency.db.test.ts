import { randomBytes } from 'node:crypto';
import { operation } from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../../../../../../tests/support/test-database.ts';
import { newId } from '../../../kernel/new-id.ts';
import { createKeyring } from '../../crypto/keyring.ts';
import { createVault } from '../../crypto/vault.ts';
import type { Database } from '../../db/index.ts';
import { createLog } from '../../telemetry/log.ts';
import { createHttpServer } from '../create-http-server.ts';
import { registerOperation } from '../register-operation.ts';
import { createAnswerSealer } from './answer-sealer.ts';
import { registerIdempotency } from './register.ts';

const makeThing = operation({
  id: 'makeThing',
  method: 'POST',
  path: '/api/v1/things',
  tag: 'Things',
  access: 'signed-in',
  status: 201,
  summary: 'Make a thing',
  body: z.object({ name: z.string().max(10) }),
  response: z.object({ number: z.int(), secret: z.string() }),
});

const enter = operation({
  ...makeThing,
  id: 'enter',
  path: '/api/v1/enter',
  access: 'public',
  summary: 'Sign in, as somebody who is signed in already',
});

const users = { ann: newId('usr'), bob: newId('usr') };

const createServer = async (db: Database, make: () => Promise<number>, now = () => new Date()) => {
  const app = await createHttpServer({
    log: createLog({ level: 'silent', pretty: false, destination: { write: () => true } }),
    bindHost: '127.0.0.1',
    publicUrl: 'http://localhost:7400',
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
    authenticate: async ({ headers }) => ({
      kind: 'user',
      userId: headers['x-user'] === 'bob' ? users.bob : users.ann,
      sessionId: newId('ses'),
    }),
  });
  const vault = createVault(createKeyring([{ kid: 'k1', key: randomBytes(32) }]));
  registerIdempotency(app, { db, clock: { now }, sealer: createAnswerSealer(vault) });
  registerOperation(app, makeThing, async () => ({ number: await make(), secret: 'planted-secret' }));
  registerOperation(app, enter, async () => ({ number: await make(), secret: 'planted-secret' }));
  return app;
};

const post = (app: FastifyInstance, key: string, name = 'a', user = 'ann') =>
  app.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { 'idempotency-key': key, 'x-user': user },
    payload: { name },
  });

test('the same request with the same key is carried out once and answered twice', async () => {
  await using database = await createTestDatabase();
  let made = 0;
  const app = await createServer(database.db, async () => ++made);
  const first = await post(app, 'k');
  const again = await post(app, 'k');
  expect(first.statusCode).toBe(201);
  expect(again.statusCode).toBe(201);
  expect(again.json()).toEqual(first.json());
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect(made).toBe(1);
});

test('another request with the key is refused; another caller has keys of their own', async () => {
  await using database = await createTestDatabase();
  let made = 0;
  const app = await createServer(database.db, async () => ++made);
  await post(app, 'k', 'a');
  const other = await post(app, 'k', 'b');
  expect(other.statusCode).toBe(409);
  expect(other.json()).toMatchObject({ code: 'idempotencyConflict' });
  expect((await post(app, 'k', 'b', 'bob')).statusCode).toBe(201);
});

test('of ten requests at once one runs and the others get its answer', async () => {
  await using database = await createTestDatabase({ maxConnections: 10 });
  let made = 0;
  const app = await createServer(database.db, async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return ++made;
  });
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(app, 'k')));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(201));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(made).toBe(1);
});

test('a request that failed made nothing: the next one runs', async () => {
  await using database = await createTestDatabase();
  let tries = 0;
  const app = await createServer(database.db, async () => {
    tries += 1;
    if (tries === 1) throw new Error('out of order');
    return tries;
  });
  expect((await post(app, 'k')).statusCode).toBe(500);
  expect((await post(app, 'k')).statusCode).toBe(201);
});

test('after a day the key is free again', async () => {
  await using database = await createTestDatabase();
  let made = 0;
  let now = new Date('2026-11-23T09:00:00Z');
  const app = await createServer(
    database.db,
    async () => ++made,
    () => now,
  );
  await post(app, 'k');
  now = new Date('2026-11-24T09:00:01Z');
  expect((await post(app, 'k', 'b')).statusCode).toBe(201);
  expect(made).toBe(2);
});

test('the stored answer does not show its secret', async () => {
  await using database = await createTestDatabase();
  const app = await createServer(database.db, async () => 1);
  await post(app, 'k');
  const rows = await database.db.selectFrom('idempotencyKeys').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('planted');
});

test.each(['', 'with space', 'x'.repeat(256)])('refuses the key %j', async (key) => {
  await using database = await createTestDatabase();
  const app = await createServer(database.db, async () => 1);
  expect((await post(app, key)).statusCode).toBe(400);
});

test('an answer that was sealed with a key that has left the keyring is as good as none', async () => {
  await using database = await createTestDatabase();
  let made = 0;
  const make = async () => ++made;
  const before = await createServer(database.db, make);
  expect((await post(before, 'k')).statusCode).toBe(201);
  const after = await createServer(database.db, make);
  const again = await post(after, 'k');
  expect(again.statusCode).toBe(201);
  expect(again.headers['idempotency-replayed']).toBeUndefined();
  expect((await post(after, 'k')).json()).toEqual(again.json());
  expect(made).toBe(2);
});

test('a call that makes sessions is never replayed, and no hash of its password is kept', async () => {
  await using database = await createTestDatabase();
  let made = 0;
  const app = await createServer(database.db, async () => ++made);
  const call = () =>
    app.inject({
      method: 'POST',
      url: '/api/v1/enter',
      headers: { 'idempotency-key': 'k' },
      payload: { name: 'a' },
    });
  await call();
  expect((await call()).headers['idempotency-replayed']).toBeUndefined();
  expect(made).toBe(2);
  expect(await database.db.selectFrom('idempotencyKeys').selectAll().execute()).toEqual([]);
});
