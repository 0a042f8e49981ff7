import { randomBytes } from 'node:crypto';
import { createWebhook, type TeamId, type Webhook, type WebhookDelivery } from '@windlass/contract';
import { sql } from 'kysely';
import {
  createWebhooksService,
  webhookQueue,
  type WebhooksService,
} from '../../apps/server/src/features/webhooks/index.ts';
import { createTeamAccess } from '../../apps/server/src/features/teams/index.ts';
import type { Actor } from '../../apps/server/src/kernel/actor.ts';
import type { Secret } from '../../apps/server/src/kernel/secret.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';
import { createKeyring } from '../../apps/server/src/platform/crypto/keyring.ts';
import { createVault, type Vault } from '../../apps/server/src/platform/crypto/vault.ts';
import type { Database } from '../../apps/server/src/platform/db/index.ts';
import { createJobs } from '../../apps/server/src/platform/jobs/index.ts';
import { createEndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import { createMovingClock, type MovingClock } from './moving-clock.ts';
import { makeMember, makeTeam } from './people.ts';
import { createRecordingLog } from './recording-log.ts';
import { createTestDatabase } from './test-database.ts';
import { createWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

/** A team of its own with its own time and its own receiver: tries still to come from an earlier one go elsewhere. */
export interface WebhookTeam {
  teamId: TeamId;
  admin: Actor;
  member: Actor;
  /** Owner of another team. */
  stranger: Actor;
  clock: MovingClock;
  receiver: WebhookReceiver;
  create(given?: object): Promise<{ webhook: Webhook; secret: Secret }>;
  at(webhook: Webhook): { teamId: TeamId; webhookId: Webhook['id'] };
  deliveriesOf(webhook: Webhook): Promise<WebhookDelivery[]>;
  /** Waits until the newest delivery is as wanted. */
  until(webhook: Webhook, holds: (delivery: WebhookDelivery) => boolean): Promise<WebhookDelivery>;
  /** Makes the tries of this team that wait for their time due now, and waits until no job of the team is left. */
  carryOutWaiting(): Promise<void>;
}

/** The webhooks feature on a real database and a real queue with a worker. Loopback is allowed, `inside.example` leads inside. */
export interface WebhookScene extends AsyncDisposable {
  db: Database;
  keyBytes: Uint8Array;
  webhooks: WebhooksService;
  /** The same with another vault, for rotation. */
  webhooksWith(vault: Vault): WebhooksService;
  log: ReturnType<typeof createRecordingLog>;
  team(): Promise<WebhookTeam>;
}

export const createWebhookScene = async (): Promise<WebhookScene> => {
  await using stack = new AsyncDisposableStack();
  const { db, connection } = stack.use(await createTestDatabase());
  const log = createRecordingLog();
  const jobs = stack.use(await createJobs({ connection, worker: true, queues: [webhookQueue], log }));
  const keyBytes = randomBytes(32);
  let clock = createMovingClock();
  const webhooksWith = (vault: Vault): WebhooksService =>
    createWebhooksService({
      db,
      access: createTeamAccess({ db }),
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
  const webhooks = webhooksWith(createVault(createKeyring([{ kid: 'k1', key: keyBytes }])));
  await webhooks.startDeliveries(jobs);

  const receivers = new AsyncDisposableStack();
  stack.defer(() => receivers.disposeAsync());
  const team = async (): Promise<WebhookTeam> => {
    clock = createMovingClock();
    const receiver = receivers.use(await createWebhookReceiver());
    const teamId = await makeTeam(db);
    const admin = await makeMember(db, teamId, 'admin');
    const at: WebhookTeam['at'] = ({ id }) => ({ teamId, webhookId: id });
    const deliveriesOf: WebhookTeam['deliveriesOf'] = async (webhook) =>
      (await webhooks.listDeliveries(admin, at(webhook), { limit: 50 })).items;
    return {
      teamId,
      admin,
      member: await makeMember(db, teamId, 'member'),
      stranger: await makeMember(db, await makeTeam(db), 'owner'),
      clock,
      receiver,
      create: (given = {}) =>
        webhooks.create(admin, teamId, createWebhook.body.parse({ url: receiver.url, ...given })),
      at,
      deliveriesOf,
      until: async (webhook, holds) => {
        for (const end = Date.now() + 30_000; Date.now() < end;) {
          const [newest] = await deliveriesOf(webhook);
          if (newest !== undefined && holds(newest)) return newest;
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
        throw new Error(`It stayed ${JSON.stringify(await deliveriesOf(webhook))}.`);
      },
      carryOutWaiting: async () => {
        const ofTeam = sql`name = ${webhookQueue.name} and data ->> 'teamId' = ${teamId}`;
        await sql`update jobs.job set start_after = now() where state = 'created' and ${ofTeam}`.execute(db);
        // The queue looks at the database's clock when it is woken; a job about nothing wakes it.
        const nothing = { webhookId: newId('whk'), deliveryId: newId('dlv'), attempt: 0 };
        await jobs.enqueue(db, webhookQueue, { teamId, ...nothing });
        const left = sql`select from jobs.job where state in ('created', 'retry', 'active') and ${ofTeam}`;
        for (const end = Date.now() + 30_000; Date.now() < end;) {
          if ((await left.execute(db)).rows.length === 0) return;
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
        throw new Error('There are jobs left.');
      },
    };
  };
  const owned = stack.move();
  return {
    db,
    keyBytes,
    webhooks,
    webhooksWith,
    log,
    team,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
