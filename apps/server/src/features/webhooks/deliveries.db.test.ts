import { webhookPayload, type WebhookDelivery } from '@windlass/contract';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTeam } from '../../../../../tests/support/people.ts';
import { createWebhookReceiver, type Received } from '../../../../../tests/support/webhook-receiver.ts';
import {
  createWebhookScene,
  type WebhookScene,
  type WebhookTeam,
} from '../../../../../tests/support/webhook-scene.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import { disableAfterSeconds } from './attempts.ts';

let scene: WebhookScene;
let webhooks: WebhookScene['webhooks'];
let teamId: WebhookTeam['teamId'];
let admin: WebhookTeam['admin'];
let clock: WebhookTeam['clock'];
let receiver: WebhookTeam['receiver'];
let create: WebhookTeam['create'];
let at: WebhookTeam['at'];
let deliveriesOf: WebhookTeam['deliveriesOf'];
let until: WebhookTeam['until'];
let carryOutWaiting: WebhookTeam['carryOutWaiting'];
beforeAll(async () => {
  scene = await createWebhookScene();
  webhooks = scene.webhooks;
});
afterAll(() => scene?.[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ teamId, admin, clock, receiver, create, at, deliveriesOf, until, carryOutWaiting } = await scene.team());
});

const tried = (delivery: WebhookDelivery): boolean => delivery.attempts > 0;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
/** What the reference implementation makes of a request; throws where it does not trust it. */
const verify = ({ body, headers }: Received, secret: Secret): unknown =>
  new StandardWebhook(secret.reveal()).verify(body, headers);

const stateChange = () => ({
  type: 'connection.state_changed' as const,
  timestamp: clock.now().toISOString(),
  data: {
    eventId: newId('evt'),
    teamId,
    connectionId: newId('con'),
    connectionName: 'media',
    from: 'active' as const,
    to: 'inaccessible' as const,
    trigger: 'schedule' as const,
    cause: 'The access key is gone — ключ.',
  },
});

describe('an event', () => {
  it('reaches every webhook of its team that listens, signed so that the reference implementation takes it', async () => {
    const first = await create();
    const second = await create();
    const off = await create({ enabled: false });
    const event = stateChange();
    await scene.db.transaction().execute((trx) => webhooks.publish(trx, teamId, event));

    const requests = await receiver.until(2);
    const opened = [first, second].map(({ secret }) =>
      requests.flatMap((request) => {
        try {
          return [verify(request, secret)];
        } catch {
          return [];
        }
      }),
    );
    // Each secret fits one of the two, and no other.
    expect(opened).toEqual([[event], [event]]);
    for (const { path, headers, body } of requests) {
      expect(path).toBe('/hook?team=a');
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'windlass-webhooks',
      });
      expect(webhookPayload.parse(JSON.parse(body))).toEqual(event);
    }
    const delivery = await until(first.webhook, tried);
    expect(delivery).toMatchObject({
      type: 'connection.state_changed',
      status: 'delivered',
      attempts: 1,
      responseStatus: 200,
      cause: null,
      nextAttemptAt: null,
      payload: JSON.stringify(event),
    });
    expect(await deliveriesOf(off.webhook)).toEqual([]);
  });

  it('that was rolled back was never sent', async () => {
    const { webhook } = await create();
    const rolledBack = scene.db.transaction().execute(async (trx) => {
      await webhooks.publish(trx, teamId, stateChange());
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await webhooks.sendTest(admin, at(webhook));
    await receiver.until(1);
    expect((await deliveriesOf(webhook)).map(({ type }) => type)).toEqual(['webhook.test']);
  });

  it('stays in its team', async () => {
    const { webhook } = await create();
    await webhooks.publish(scene.db, await makeTeam(scene.db), stateChange());
    expect(await deliveriesOf(webhook)).toEqual([]);
  });
});

describe('a receiver that fails', () => {
  it('is tried again after five seconds with the same message, and the log says so meanwhile', async () => {
    const { webhook, secret } = await create();
    receiver.answer({ status: 500, body: 'boom' });
    await webhooks.sendTest(admin, at(webhook));
    const waiting = await until(webhook, tried);
    expect(waiting).toMatchObject({ status: 'pending', attempts: 1, responseStatus: 500 });
    expect(waiting.cause).toContain('500');
    const wait = Date.parse(waiting.nextAttemptAt ?? '') - clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThanOrEqual(5500);
    expect((await webhooks.show(admin, at(webhook))).failingSince).toBe(clock.now().toISOString());

    expect(receiver.received).toHaveLength(1);
    await carryOutWaiting();
    const [first, second] = receiver.received;
    expect(first?.headers['webhook-id']).toBe(waiting.messageId);
    expect(second?.headers['webhook-id']).toBe(waiting.messageId);
    for (const request of [first, second]) {
      expect(request).toBeDefined();
      if (request !== undefined) verify(request, secret);
    }
    const delivered = await until(webhook, ({ status }) => status === 'delivered');
    expect(delivered).toMatchObject({ attempts: 2, responseStatus: 200, cause: null });
    expect((await webhooks.show(admin, at(webhook))).failingSince).toBeNull();
  });

  it('by a redirect is not followed', async () => {
    const { webhook } = await create();
    receiver.answer({ status: 302, headers: { location: receiver.url } });
    await webhooks.sendTest(admin, at(webhook));
    const delivery = await until(webhook, tried);
    expect(delivery.cause).toContain('redirects are not followed');
    expect(receiver.received).toHaveLength(1);
  });

  it('with 410 is gone: the webhook is off, and what waited is given up', async () => {
    const { webhook } = await create();
    receiver.answer({ status: 503 });
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, tried);
    receiver.answer({ status: 410 });
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, ({ status }) => status === 'failed');
    expect((await deliveriesOf(webhook)).map(({ status }) => status)).toEqual(['failed', 'failed']);
    const off = await webhooks.show(admin, at(webhook));
    expect(off).toMatchObject({ enabled: false, disabled: { reason: 'gone' } });
    expect(await codeOf(webhooks.sendTest(admin, at(webhook)))).toBe('conflict');
  });

  it('for five days without one success is switched off, and is on again when somebody says so', async () => {
    const { webhook } = await create();
    receiver.answer({ status: 500 }, { status: 500 });
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, tried);
    clock.forward({ seconds: disableAfterSeconds });
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, ({ status }) => status === 'failed');
    expect(await webhooks.show(admin, at(webhook))).toMatchObject({ disabled: { reason: 'failing' } });
    expect(scene.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'Webhook switched off' }),
    );

    const on = await webhooks.edit(admin, at(webhook), { enabled: true }, () => {});
    expect(on).toMatchObject({ enabled: true, disabled: null, failingSince: null });
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, ({ status }) => status === 'delivered');
  });

  it('by an answer without end is cut off, and its status counts', async () => {
    const { webhook } = await create();
    receiver.answer({ status: 200, body: Buffer.alloc(5 * 1024 * 1024) });
    await webhooks.sendTest(admin, at(webhook));
    expect(await until(webhook, tried)).toMatchObject({ status: 'delivered' });
  });

  it('by not being there is told in plain words', async () => {
    await using gone = await createWebhookReceiver();
    const { webhook } = await create({ url: gone.url });
    await gone[Symbol.asyncDispose]();
    await webhooks.sendTest(admin, at(webhook));
    expect(await until(webhook, tried)).toMatchObject({
      status: 'pending',
      responseStatus: null,
      cause: 'The receiver refused the connection.',
    });
  });
});

describe('a replay', () => {
  it('is a delivery of its own with the same message, whatever became of the first', async () => {
    const { webhook, secret } = await create();
    await webhooks.sendTest(admin, at(webhook));
    const first = await until(webhook, ({ status }) => status === 'delivered');
    const again = await webhooks.replay(admin, { ...at(webhook), deliveryId: first.id });
    expect(again).toMatchObject({ status: 'pending', messageId: first.id, payload: first.payload });
    expect(again.id).not.toBe(first.id);
    const [, second] = await receiver.until(2);
    expect(second?.headers['webhook-id']).toBe(first.id);
    expect(second).toBeDefined();
    if (second !== undefined) verify(second, secret);
  });

  it('takes the place of a try that was still to come', async () => {
    const { webhook } = await create();
    receiver.answer({ status: 500 });
    await webhooks.sendTest(admin, at(webhook));
    const waiting = await until(webhook, tried);
    await webhooks.replay(admin, { ...at(webhook), deliveryId: waiting.id });
    await until(webhook, ({ status }) => status === 'delivered');
    const older = (await deliveriesOf(webhook)).find(({ id }) => id === waiting.id);
    expect(older).toMatchObject({ status: 'failed', nextAttemptAt: null });
    // The first one's own second try finds nothing to do.
    await carryOutWaiting();
    expect(receiver.received).toHaveLength(2);
  });
});

it('lists pages newest first, by status', async () => {
  const { webhook } = await create();
  receiver.answer({ status: 400 });
  for (let sent = 0; sent < 3; sent += 1) {
    await webhooks.sendTest(admin, at(webhook));
    await until(webhook, tried);
  }
  const first = await webhooks.listDeliveries(admin, at(webhook), { limit: 2 });
  const second = await webhooks.listDeliveries(admin, at(webhook), {
    limit: 2,
    cursor: first.nextCursor ?? '',
  });
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  const pending = await webhooks.listDeliveries(admin, at(webhook), { limit: 9, status: 'pending' });
  expect(pending.items.map(({ id }) => id)).toEqual([second.items[0]?.id]);
});
