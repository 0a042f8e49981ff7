import {
  maxWebhooks,
  webhookEvents,
  webhookId as webhookIdSchema,
  type createWebhook,
  type ListQuery,
  type OperationInput,
  type TeamId,
  type updateWebhook,
  type Webhook,
  type WebhookEvent,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import { createDeliver } from './deliver.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { giveUpPending } from './delivery-store.ts';
import { missingWebhook } from './missing-webhook.ts';
import { webhookPolicy } from './policy.ts';
import { presentWebhook } from './presenter.ts';
import { createPublisher, type Publisher } from './publish.ts';
import { webhookQueue } from './queue.ts';
import { newSigningSecret, openSigningSecrets, sealSigningSecrets } from './signing-secrets.ts';
import { rewrapSigningSecrets } from './rewrap.ts';
import {
  changeWebhook,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  type WebhookRow,
} from './store.ts';

type At = OperationInput<typeof updateWebhook>['params'];
type WebhookEdit = OperationInput<typeof updateWebhook>['body'];

/** A webhook with a secret that this call has made: it is shown once. */
export interface MadeWebhook {
  webhook: Webhook;
  secret: Secret;
}

/** Signed messages to addresses that a team gives. */
export interface WebhooksService extends Deliveries, Pick<Publisher, 'publish'> {
  list(
    actor: Actor,
    teamId: TeamId,
    query: ListQuery,
  ): Promise<{ items: Webhook[]; nextCursor: string | null }>;
  show(actor: Actor, at: At): Promise<Webhook>;
  create(
    actor: Actor,
    teamId: TeamId,
    given: OperationInput<typeof createWebhook>['body'],
  ): Promise<MadeWebhook>;
  /** `requireMatch` is given the current representation inside the transaction, and throws where the caller saw another. */
  edit(actor: Actor, at: At, given: WebhookEdit, requireMatch: (current: Webhook) => void): Promise<Webhook>;
  delete(actor: Actor, at: At): Promise<void>;
  rotateSecret(actor: Actor, at: At, overlapHours: number): Promise<MadeWebhook>;
  /** In a worker: carries out the deliveries that are due. */
  startDeliveries(jobs: Pick<Jobs, 'work'>): Promise<void>;
  /** For rotation of the keyring; how many secrets were wrapped anew. */
  rewrapSigningSecrets(): Promise<number>;
}

export const createWebhooksService = (deps: {
  db: Database;
  access: TeamAccess;
  vault: Vault;
  guard: EndpointGuard;
  jobs: Pick<Jobs, 'enqueue'>;
  clock: Clock;
  log: Log;
}): WebhooksService => {
  const { db, access, vault, guard, clock, log } = deps;
  const publisher = createPublisher(deps);
  const deliver = createDeliver(deps);

  const find = async (at: At): Promise<WebhookRow> => (await findWebhook(db, at)) ?? missingWebhook();
  const present = (row: WebhookRow): Webhook => presentWebhook(row, clock.now());
  const told = (actor: Actor, at: At, message: string): void =>
    log.info({ actorId: actorIdOf(actor), ...at }, message);

  return {
    publish: publisher.publish,
    ...createDeliveries({ ...deps, publisher }),
    startDeliveries: (jobs) => jobs.work(webhookQueue, (job, { signal }) => deliver(job, signal)),
    rewrapSigningSecrets: () => rewrapSigningSecrets({ db, vault }),

    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, webhookPolicy.read);
      const after = cursorId(query, webhookIdSchema);
      const rows = await listWebhooks(db, teamId, { after, limit: query.limit + 1 });
      return toPage(rows, query.limit, (row) => row.id, present);
    },

    show: async (actor, at) => {
      await access.require(actor, at.teamId, webhookPolicy.read);
      return present(await find(at));
    },

    create: async (actor, teamId, { url, events, enabled }) => {
      await access.require(actor, teamId, webhookPolicy.write);
      await requireReachable(guard, url);
      const at = { teamId, webhookId: newId('whk') };
      const now = clock.now();
      const secret = newSigningSecret();
      const made = await insertWebhook(
        db,
        {
          id: at.webhookId,
          teamId,
          url,
          events: inOrder(events),
          ...(enabled ? switchedOn : { disabledReason: 'person', disabledAt: now, failingSince: null }),
          secretsSealed: sealSigningSecrets(
            vault,
            { teamId, id: at.webhookId },
            { current: secret, previous: null },
          ),
          previousSecretUntil: null,
          createdAt: now,
          updatedAt: now,
        },
        maxWebhooks,
      );
      if (!made) throw new AppError('conflict', `A team has at most ${maxWebhooks} webhooks.`);
      told(actor, at, 'Webhook made');
      return { webhook: present(await find(at)), secret };
    },

    edit: async (actor, at, { url, events, enabled }, requireMatch) => {
      await access.require(actor, at.teamId, webhookPolicy.write);
      if (url !== undefined) await requireReachable(guard, url);
      await db.transaction().execute(async (trx) => {
        const row = (await lockWebhook(trx, at)) ?? missingWebhook();
        requireMatch(present(row));
        const now = clock.now();
        const switchOff = enabled === false && row.disabledReason === null;
        await changeWebhook(trx, at, {
          ...(url === undefined ? {} : { url }),
          ...(events === undefined ? {} : { events: inOrder(events) }),
          ...(enabled === true ? switchedOn : {}),
          ...(switchOff ? { disabledReason: 'person', disabledAt: now } : {}),
          updatedAt: now,
        });
        if (switchOff) await giveUpPending(trx, at, 'The webhook was switched off.');
      });
      told(actor, at, 'Webhook edited');
      return present(await find(at));
    },

    delete: async (actor, at) => {
      await access.require(actor, at.teamId, webhookPolicy.write);
      if (!(await deleteWebhook(db, at))) missingWebhook();
      told(actor, at, 'Webhook deleted');
    },

    rotateSecret: async (actor, at, overlapHours) => {
      await access.require(actor, at.teamId, webhookPolicy.rotateSecret);
      const secret = newSigningSecret();
      await db.transaction().execute(async (trx) => {
        const row = (await lockWebhook(trx, at)) ?? missingWebhook();
        const { current } = openSigningSecrets(vault, row, row.secretsSealed);
        const now = clock.now();
        const previous = overlapHours === 0 ? null : current;
        await changeWebhook(trx, at, {
          secretsSealed: sealSigningSecrets(vault, row, { current: secret, previous }),
          previousSecretUntil:
            previous === null ? null : new Date(now.getTime() + overlapHours * 60 * 60 * 1000),
          updatedAt: now,
        });
      });
      told(actor, at, 'Signing secret of a webhook rotated');
      return { webhook: present(await find(at)), secret };
    },
  };
};

const switchedOn = { disabledReason: null, disabledAt: null, failingSince: null };

/** Each once, in the contract's order. */
const inOrder = (given: readonly WebhookEvent[]): WebhookEvent[] =>
  webhookEvents.filter((event) => given.includes(event));

/** @throws AppError endpointRefused, named for the field */
const requireReachable = async (guard: EndpointGuard, url: string): Promise<void> => {
  try {
    await guard.inspect(new URL(url).origin, { requireTls: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, {
      cause: error,
      errors: [{ path: 'url', message: error.message }],
    });
  }
};
