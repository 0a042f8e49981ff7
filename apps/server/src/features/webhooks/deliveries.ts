import {
  deliveryId as deliveryIdSchema,
  type DeliveryId,
  type listWebhookDeliveries,
  type OperationInput,
  type OperationResult,
  type TeamId,
  type WebhookDelivery,
  type WebhookId,
  type WebhookPayload,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { TeamAccess } from '../teams/index.ts';
import { changeDelivery, listDeliveries, lockDelivery } from './delivery-store.ts';
import { missingWebhook } from './missing-webhook.ts';
import { webhookPolicy } from './policy.ts';
import { presentDelivery } from './presenter.ts';
import type { Publisher } from './publish.ts';
import { findWebhook, lockWebhook, type WebhookRow } from './store.ts';

interface OfWebhook {
  teamId: TeamId;
  webhookId: WebhookId;
}

/** The log of what was sent, and what people send by hand. */
export interface Deliveries {
  listDeliveries(
    actor: Actor,
    at: OfWebhook,
    query: OperationInput<typeof listWebhookDeliveries>['query'],
  ): Promise<OperationResult<typeof listWebhookDeliveries>>;
  sendTest(actor: Actor, at: OfWebhook): Promise<WebhookDelivery>;
  /** The same message as a new delivery; one that was still to be tried is given up for it. */
  replay(actor: Actor, at: OfWebhook & { deliveryId: DeliveryId }): Promise<WebhookDelivery>;
}

export const createDeliveries = (deps: {
  db: Database;
  access: TeamAccess;
  publisher: Publisher;
  clock: Clock;
  log: Log;
}): Deliveries => {
  const { db, access, publisher, clock, log } = deps;
  return {
    listDeliveries: async (actor, at, query) => {
      await access.require(actor, at.teamId, webhookPolicy.read);
      if ((await findWebhook(db, at)) === null) missingWebhook();
      const rows = await listDeliveries(db, at, {
        before: cursorId(query, deliveryIdSchema),
        status: query.status ?? null,
        limit: query.limit + 1,
      });
      return toPage(rows, query.limit, (row) => row.id, presentDelivery);
    },

    sendTest: async (actor, at) => {
      await access.require(actor, at.teamId, webhookPolicy.send);
      const payload: WebhookPayload = {
        type: 'webhook.test',
        timestamp: clock.now().toISOString(),
        data: { ...at, message: 'A test that somebody asked for.' },
      };
      const row = await db.transaction().execute(async (trx) => {
        requireOn(await lockWebhook(trx, at));
        return publisher.send(trx, at, { type: payload.type, payload: JSON.stringify(payload) });
      });
      log.info({ actorId: actorIdOf(actor), ...at, deliveryId: row.id }, 'Webhook tested');
      return presentDelivery(row);
    },

    replay: async (actor, { deliveryId, ...at }) => {
      await access.require(actor, at.teamId, webhookPolicy.send);
      const row = await db.transaction().execute(async (trx) => {
        requireOn(await lockWebhook(trx, at));
        const before = await lockDelivery(trx, { ...at, deliveryId });
        if (before === null)
          throw new AppError('notFound', 'There is no such delivery of this webhook in the log.');
        if (before.status === 'pending') {
          await changeDelivery(
            trx,
            { ...at, deliveryId },
            { status: 'failed', nextAttemptAt: null, cause: 'Sent again by hand before its next try.' },
          );
        }
        const { type, payload, messageId } = before;
        return publisher.send(trx, at, { type, payload, again: messageId });
      });
      log.info(
        { actorId: actorIdOf(actor), ...at, deliveryId: row.id, again: deliveryId },
        'Delivery replayed',
      );
      return presentDelivery(row);
    },
  };
};

const requireOn = (row: WebhookRow | null): void => {
  if (row === null) return missingWebhook();
  if (row.disabledReason !== null) throw new AppError('conflict', 'The webhook is off: switch it on first.');
};
