import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../tests/support/drop-scene.ts';
import { createHttpServer } from '../../platform/http/index.ts';
import { registerTransferRoutes } from '../transfers/index.ts';
import { registerPageRoutes } from './page-routes.ts';

const KiB = 1024;
const madeUp = 'x'.repeat(43);

let scene: DropScene;
let app: FastifyInstance;
beforeAll(async () => {
  scene = await createDropScene();
  app = await createHttpServer({
    log: pino({ level: 'silent' }),
    bindHost: '127.0.0.1',
    publicUrl: 'http://localhost:7400',
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
  });
  registerTransferRoutes(app, {
    transfers: scene.transfers,
    uppyUrls: () => ({ companionUrl: '', signUrl: '' }),
  });
  registerPageRoutes(app, scene.drops.pages);
});
afterAll(async () => {
  await app?.close();
  await scene?.[Symbol.asyncDispose]();
});

const call = async (method: 'POST' | 'PATCH', path: string, token: string | null, payload: string) => {
  const answer = await app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: {
      host: 'localhost:7400',
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    payload,
  });
  return { status: answer.statusCode, code: answer.json<{ code: string }>().code };
};
/** No JSON: whoever reads it, says so. */
const broken = '{"answers":{';

describe('a call that needs a token', () => {
  it.each([
    ['PATCH', 'orders/current', `wo_${madeUp}`, 'notFound'],
    ['POST', 'orders/current/submit', `wo_${madeUp}`, 'notFound'],
    ['POST', 'orders/current/submit', 'wu_nonsense', 'notFound'],
    ['PATCH', 'orders/current', null, 'notSignedIn'],
    ['POST', 'uploads', `wu_${madeUp}`, 'grantInvalid'],
    ['POST', 'uploads/complete', `wu_${madeUp}`, 'grantInvalid'],
    ['POST', 'uploads/trf_01m8eq48hee49vepc1z9zk5fh6/parts', null, 'grantInvalid'],
  ] as const)('%s %s does not read the body of one that has %s', async (method, path, token, code) => {
    expect((await call(method, path, token, broken)).code).toBe(code);
  });

  it('reads the body of one that has it, up to what the call may take', async () => {
    const { orderToken, uploadToken } = await scene.start(await scene.create());
    expect(await call('PATCH', 'orders/current', orderToken, broken)).toMatchObject({ status: 400 });
    expect(await call('POST', 'uploads', uploadToken, broken)).toMatchObject({ status: 400 });
    const files = [{ name: 'a.jpg', size: 1, type: 'image/jpeg' }];
    expect(await call('POST', 'uploads', uploadToken, JSON.stringify({ files }))).toMatchObject({
      status: 201,
    });
    const long = JSON.stringify({ files, more: 'x'.repeat(600 * KiB) });
    expect(await call('POST', 'uploads', uploadToken, long)).toMatchObject({ status: 413 });
  });

  it('shows the receipt for 30 days; then there is the status link', async () => {
    const started = await scene.start(await scene.create());
    const transferId = await scene.upload(started, 'a.jpg');
    await scene.submit(started, { files: [{ transferId }] });
    const { drafts, status } = scene.drops.pages;
    scene.clock.forward({ days: 29 });
    expect((await scene.submit(started, {})).number).toBe(started.number);
    expect((await drafts.show(started.orderToken)).files).toHaveLength(1);
    scene.clock.forward({ days: 1 });
    expect(await call('PATCH', 'orders/current', started.orderToken, '{}')).toMatchObject({
      code: 'notFound',
    });
    await expect(scene.submit(started, {})).rejects.toMatchObject({ code: 'notFound' });
    expect((await status(started.statusUrl.split('/o/')[1] ?? '')).number).toBe(started.number);
  });

  it('takes of whoever begins an order no more than a password and a proof', async () => {
    const { name } = await scene.create();
    const long = JSON.stringify({ password: 'x'.repeat(100 * KiB) });
    expect(await call('POST', `order-pages/${name}/orders`, null, long)).toMatchObject({ status: 413 });
  });
});
