import type { TeamId, WebhookEvent, WebhookId, WebhookPayload, DeliveryId } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { insertDelivery, type DeliveryRow } from './delivery-store.ts';
import { webhookQueue } from './queue.ts';
import { listListeners } from './store.ts';

/** The log keeps a delivery for so long, whatever became of it. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;

type EventPayload = Extract<WebhookPayload, { type: WebhookEvent }>;

export interface Publisher {
  /** Writes a delivery and its job for every webhook that listens. Within `trx`: what is rolled back was never sent. */
  publish(trx: Database, teamId: TeamId, payload: EventPayload): Promise<void>;
  /** One message to one webhook; `again` names the message when it was sent before. */
  send(
    trx: Database,
    to: { teamId: TeamId; webhookId: WebhookId },
    message: { type: WebhookPayload['type']; payload: string; again?: DeliveryId },
  ): Promise<DeliveryRow>;
}

export const createPublisher = ({
  jobs,
  clock,
}: {
  jobs: Pick<Jobs, 'enqueue'>;
  clock: Clock;
}): Publisher => {
  const send: Publisher['send'] = async (trx, { teamId, webhookId }, { type, payload, again }) => {
    const id = newId('dlv');
    const now = clock.now();
    const row: DeliveryRow = {
      id,
      teamId,
      webhookId,
      messageId: again ?? id,
      type,
      payload,
      status: 'pending',
      attempts: 0,
      lastAttemptAt: null,
      nextAttemptAt: now,
      responseStatus: null,
      durationMilliseconds: null,
      cause: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + keptMilliseconds),
    };
    await insertDelivery(trx, row);
    await jobs.enqueue(trx, webhookQueue, { teamId, webhookId, deliveryId: id, attempt: 0 });
    return row;
  };
  return {
    send,
    publish: async (trx, teamId, payload) => {
      const text = JSON.stringify(payload);
      for (const { id } of await listListeners(trx, teamId, payload.type)) {
        await send(trx, { teamId, webhookId: id }, { type: payload.type, payload: text });
      }
    },
  };
};
