import { randomBytes } from 'node:crypto';
import { createWebhook, type WebhookDelivery } from '@windlass/contract';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Received } from '../../../../../tests/support/webhook-receiver.ts';
import {
  createWebhookScene,
  type WebhookScene,
  type WebhookTeam,
} from '../../../../../tests/support/webhook-scene.ts';
import type { Secret } from '../../kernel/secret.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { deleteExpired } from '../../platform/db/index.ts';

let scene: WebhookScene;
let webhooks: WebhookScene['webhooks'];
let teamId: WebhookTeam['teamId'];
let admin: WebhookTeam['admin'];
let member: WebhookTeam['member'];
let stranger: WebhookTeam['stranger'];
let clock: WebhookTeam['clock'];
let receiver: WebhookTeam['receiver'];
let create: WebhookTeam['create'];
let at: WebhookTeam['at'];
let deliveriesOf: WebhookTeam['deliveriesOf'];
let until: WebhookTeam['until'];
beforeAll(async () => {
  scene = await createWebhookScene();
  webhooks = scene.webhooks;
});
afterAll(() => scene?.[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ teamId, admin, member, stranger, clock, receiver, create, at, deliveriesOf, until } =
    await scene.team());
});

const tried = (delivery: WebhookDelivery): boolean => delivery.attempts > 0;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
/** The reference refuses timestamps that are off, and this clock is moved: so what it would sign is compared. */
const signedBy = ({ headers, body }: Received, secret: Secret): boolean => {
  const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000);
  const expected = new StandardWebhook(secret.reveal()).sign(headers['webhook-id'] ?? '', sentAt, body);
  return (headers['webhook-signature'] ?? '').split(' ').includes(expected);
};
const inDays = (days: number): Date => new Date(clock.now().getTime() + days * 24 * 60 * 60 * 1000);

describe('an address', () => {
  const refused: [string, string][] = [
    ['http://10.0.0.1/', 'endpointRefused'],
    ['https://169.254.169.254/latest/meta-data', 'endpointRefused'],
    ['https://localhost/', 'endpointRefused'],
    ['https://[::1]:8080/', 'endpointRefused'],
    ['https://inside.example/hook', 'endpointRefused'],
    ['http://public.example/hook', 'endpointRefused'],
  ];
  it.each(refused)('%s is refused when it is given', async (url, code) => {
    expect(await codeOf(create({ url }))).toBe(code);
    const { webhook } = await create({ enabled: false });
    expect(await codeOf(webhooks.edit(admin, at(webhook), { url }, () => {}))).toBe(code);
  });

  it.each(['https://user:pass@public.example/', 'https://public.example/#x', 'ftp://public.example/', 'x'])(
    '%s is not one',
    (url) => {
      expect(createWebhook.body.safeParse({ url }).success).toBe(false);
    },
  );

  it('that leads inside by the time of delivery is not connected to', async () => {
    const { webhook } = await create({ enabled: false });
    // As if the name had resolved to a public address when it was saved.
    await scene.db
      .updateTable('webhooks')
      .set({ url: 'https://inside.example/hook', disabledReason: null, disabledAt: null })
      .where('id', '=', webhook.id)
      .execute();
    await webhooks.sendTest(admin, at(webhook));
    expect((await until(webhook, tried)).cause).toContain('leads to a private network');
  });
});

describe('a secret', () => {
  it('is changed without losing a message: both sign until the overlap ends', async () => {
    const { webhook, secret: old } = await create();
    const { webhook: rotated, secret: fresh } = await webhooks.rotateSecret(admin, at(webhook), 24);
    expect(fresh.reveal()).not.toBe(old.reveal());
    expect(rotated.previousSecretUntil).not.toBeNull();
    await webhooks.sendTest(admin, at(webhook));
    const [during] = await receiver.until(1);
    if (during === undefined) throw new Error('nothing came');
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect([old, fresh].map((secret) => signedBy(during, secret))).toEqual([true, true]);

    clock.forward({ days: 1 });
    await webhooks.sendTest(admin, at(webhook));
    const [, after] = await receiver.until(2);
    if (after === undefined) throw new Error('nothing came');
    expect([old, fresh].map((secret) => signedBy(after, secret))).toEqual([false, true]);
    expect((await webhooks.show(admin, at(webhook))).previousSecretUntil).toBeNull();

    // One that leaked ends at once.
    const { secret: last } = await webhooks.rotateSecret(admin, at(webhook), 0);
    await webhooks.sendTest(admin, at(webhook));
    const [, , third] = await receiver.until(3);
    if (third === undefined) throw new Error('nothing came');
    expect([fresh, last].map((secret) => signedBy(third, secret))).toEqual([false, true]);
  });

  it('is in no answer but the one that made it, and in no table in the clear', async () => {
    const { webhook, secret } = await create();
    const shown = JSON.stringify([
      await webhooks.show(admin, at(webhook)),
      await webhooks.list(admin, teamId, { limit: 50 }),
    ]);
    const rows = await scene.db.selectFrom('webhooks').selectAll().execute();
    for (const text of [shown, JSON.stringify(rows), JSON.stringify(scene.log.lines)]) {
      expect(text).not.toContain(secret.reveal().slice('whsec_'.length));
    }
  });

  it('survives a rotation of the keyring', async () => {
    const { webhook } = await create();
    const ring = [
      { kid: 'k2', key: randomBytes(32) },
      { kid: 'k1', key: scene.keyBytes },
    ];
    const next = scene.webhooksWith(createVault(createKeyring(ring)));
    expect(await next.rewrapSigningSecrets()).toBeGreaterThan(0);
    expect(await next.rewrapSigningSecrets()).toBe(0);
    const row = await scene.db
      .selectFrom('webhooks')
      .select('secretsSealed')
      .where('id', '=', webhook.id)
      .executeTakeFirstOrThrow();
    expect(row.secretsSealed).toMatch(/^v1\.k2\./);
    // Back, for the tests that follow.
    const back = scene.webhooksWith(createVault(createKeyring(ring.toReversed())));
    expect(await back.rewrapSigningSecrets()).toBeGreaterThan(0);
  });
});

describe('who may', () => {
  it('is an admin; a member sees nothing, and another team finds nothing', async () => {
    const { webhook } = await create();
    expect(await codeOf(webhooks.list(member, teamId, { limit: 50 }))).toBe('forbidden');
    expect(await codeOf(webhooks.sendTest(member, at(webhook)))).toBe('forbidden');
    for (const call of [
      () => webhooks.show(stranger, at(webhook)),
      () => webhooks.sendTest(stranger, at(webhook)),
      () => webhooks.delete(stranger, at(webhook)),
      () => webhooks.rotateSecret(stranger, at(webhook), 24),
      () => webhooks.listDeliveries(stranger, at(webhook), { limit: 50 }),
    ]) {
      expect(await codeOf(call())).toBe('notFound');
    }
  });

  it('cannot use one team’s delivery through another team’s webhook', async () => {
    const { webhook } = await create();
    const { id } = await webhooks.sendTest(admin, at(webhook));
    const other = await create();
    expect(await codeOf(webhooks.replay(admin, { ...at(other.webhook), deliveryId: id }))).toBe('notFound');
  });

  it('may make twenty and no more', async () => {
    for (let count = 0; count < 20; count += 1) await create({ enabled: false });
    expect(await codeOf(create())).toBe('conflict');
  });
});

it('old deliveries are deleted, and a deleted webhook takes its log along', async () => {
  const { webhook } = await create();
  await webhooks.sendTest(admin, at(webhook));
  await until(webhook, ({ status }) => status === 'delivered');
  await deleteExpired(scene.db, inDays(29));
  expect(await deliveriesOf(webhook)).toHaveLength(1);
  await deleteExpired(scene.db, inDays(31));
  expect(await deliveriesOf(webhook)).toEqual([]);
  await webhooks.sendTest(admin, at(webhook));
  await webhooks.delete(admin, at(webhook));
  expect(await codeOf(webhooks.show(admin, at(webhook)))).toBe('notFound');
});
