import { randomBytes } from 'node:crypto';
import {
  createWebhook,
  webhookPayload,
  type TeamId,
  type Webhook,
  type WebhookDelivery,
} from '@windlass/contract';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../tests/support/moving-clock.ts';
import { makeMember, makeTeam } from '../../../../../tests/support/people.ts';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import {
  createWebhookReceiver,
  type Received,
  type WebhookReceiver,
} from '../../../../../tests/support/webhook-receiver.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/new-id.ts';
import { Secret } from '../../kernel/secret.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault, type Vault } from '../../platform/crypto/vault.ts';
import { deleteExpired } from '../../platform/db/index.ts';
import { createJobs, type Jobs } from '../../platform/jobs/index.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { createTeamAccess } from '../teams/index.ts';
import { disableAfterSeconds } from './attempts.ts';
import { webhookQueue } from './queue.ts';
import { createWebhooksService, type WebhooksService } from './service.ts';

const keyBytes = randomBytes(32);
const log = createRecordingLog();
let database: TestDatabase;
let jobs: Jobs;
/** Each test has its own time and its own receiver: tries that are still to come from an earlier one go to its own. */
let clock: MovingClock;
let receiver: WebhookReceiver;
const receivers = new AsyncDisposableStack();
let webhooks: WebhooksService;
let teamId: TeamId;
let admin: Actor;
let member: Actor;
let stranger: Actor;

const serviceWith = (vault: Vault): WebhooksService =>
  createWebhooksService({
    db: database.db,
    access: createTeamAccess(database),
    vault,
    guard: createEndpointGuard({
      allow: ['127.0.0.1'],
      resolveName: async (host) => [
        { address: host === 'inside.example' ? '10.0.0.7' : '93.184.216.34', family: 4 },
      ],
    }),
    jobs,
    clock: { now: () => clock.now() },
    log,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  jobs = await createJobs({ connection: database.connection, worker: true, queues: [webhookQueue], log });
  webhooks = serviceWith(createVault(createKeyring([{ kid: 'k1', key: keyBytes }])));
  await webhooks.startDeliveries(jobs);
});
afterAll(async () => {
  await jobs?.[Symbol.asyncDispose]();
  await receivers.disposeAsync();
  await database?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  clock = createMovingClock();
  receiver = receivers.use(await createWebhookReceiver());
  teamId = await makeTeam(database.db);
  admin = await makeMember(database.db, teamId, 'admin');
  member = await makeMember(database.db, teamId, 'member');
  stranger = await makeMember(database.db, await makeTeam(database.db), 'owner');
});

const create = (given: object = {}) =>
  webhooks.create(admin, teamId, createWebhook.body.parse({ url: receiver.url, ...given }));
const at = ({ id }: Webhook) => ({ teamId, webhookId: id });
const deliveriesOf = async (webhook: Webhook): Promise<WebhookDelivery[]> =>
  (await webhooks.listDeliveries(admin, at(webhook), { limit: 50 })).items;
/** Waits until the newest delivery is as wanted. */
const until = async (
  webhook: Webhook,
  holds: (delivery: WebhookDelivery) => boolean,
): Promise<WebhookDelivery> => {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const [newest] = await deliveriesOf(webhook);
    if (newest !== undefined && holds(newest)) return newest;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It stayed ${JSON.stringify(await deliveriesOf(webhook))}.`);
};
const tried = (delivery: WebhookDelivery): boolean => delivery.attempts > 0;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
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
    await database.db.transaction().execute((trx) => webhooks.publish(trx, teamId, event));

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
    const rolledBack = database.db.transaction().execute(async (trx) => {
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
    await webhooks.publish(database.db, await makeTeam(database.db), stateChange());
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

    const [first, second] = await receiver.until(2);
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
    expect(log.lines).toContainEqual(
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
    await database.db
      .updateTable('webhooks')
      .set({ url: 'https://inside.example/hook', disabledReason: null, disabledAt: null })
      .where('id', '=', webhook.id)
      .execute();
    await webhooks.sendTest(admin, at(webhook));
    expect((await until(webhook, tried)).cause).toContain('leads to a private network');
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
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(receiver.received).toHaveLength(2);
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
    // The reference refuses timestamps that are off; the test's clock has been moved.
    const signedBy = (request: Received, secret: Secret): boolean =>
      (request.headers['webhook-signature'] ?? '')
        .split(' ')
        .includes(
          new StandardWebhook(secret.reveal()).sign(
            request.headers['webhook-id'] ?? '',
            new Date(Number(request.headers['webhook-timestamp']) * 1000),
            request.body,
          ),
        );
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
    const rows = await database.db.selectFrom('webhooks').selectAll().execute();
    for (const text of [shown, JSON.stringify(rows), JSON.stringify(log.lines)]) {
      expect(text).not.toContain(secret.reveal().slice('whsec_'.length));
    }
  });

  it('survives a rotation of the keyring', async () => {
    const { webhook } = await create();
    const ring = [
      { kid: 'k2', key: randomBytes(32) },
      { kid: 'k1', key: keyBytes },
    ];
    const next = serviceWith(createVault(createKeyring(ring)));
    expect(await next.rewrapSigningSecrets()).toBeGreaterThan(0);
    expect(await next.rewrapSigningSecrets()).toBe(0);
    const row = await database.db
      .selectFrom('webhooks')
      .select('secretsSealed')
      .where('id', '=', webhook.id)
      .executeTakeFirstOrThrow();
    expect(row.secretsSealed).toMatch(/^v1\.k2\./);
    // Back, for the tests that follow.
    const back = serviceWith(createVault(createKeyring(ring.toReversed())));
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
  const inDays = (days: number) => new Date(clock.now().getTime() + days * 24 * 60 * 60 * 1000);
  await deleteExpired(database.db, inDays(29));
  expect(await deliveriesOf(webhook)).toHaveLength(1);
  await deleteExpired(database.db, inDays(31));
  expect(await deliveriesOf(webhook)).toEqual([]);
  await webhooks.sendTest(admin, at(webhook));
  await webhooks.delete(admin, at(webhook));
  expect(await codeOf(webhooks.show(admin, at(webhook)))).toBe('notFound');
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
