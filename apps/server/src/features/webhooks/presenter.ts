import type { Webhook, WebhookDelivery } from '@windlass/contract';
import type { DeliveryRow } from './delivery-store.ts';
import type { WebhookRow } from './store.ts';

/** The only form in which a webhook leaves: nothing of its secrets. */
export const presentWebhook = (row: WebhookRow, now: Date): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events,
  enabled: row.disabledReason === null,
  disabled:
    row.disabledReason === null || row.disabledAt === null
      ? null
      : { reason: row.disabledReason, at: row.disabledAt.toISOString() },
  failingSince: row.failingSince?.toISOString() ?? null,
  previousSecretUntil:
    row.previousSecretUntil === null || row.previousSecretUntil <= now
      ? null
      : row.previousSecretUntil.toISOString(),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const presentDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  messageId: row.messageId,
  type: row.type,
  status: row.status,
  attempts: row.attempts,
  lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  responseStatus: row.responseStatus,
  durationMilliseconds: row.durationMilliseconds,
  cause: row.cause,
  payload: row.payload,
  createdAt: row.createdAt.toISOString(),
});
