import { z } from 'zod';
import { checkTriggers, connectionStates } from './checks.ts';
import { connectionEventId, connectionId, deliveryId, dropId, orderId, teamId, webhookId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { orderStates } from './orders.ts';

const tag = 'Webhooks';
const inTeam = z.object({ teamId });
const one = inTeam.extend({ webhookId });
const oneDelivery = one.extend({ deliveryId });
const base = '/api/v1/teams/:teamId/webhooks';

/** What a webhook can listen to. */
export const webhookEvents = [
  'connection.state_changed',
  'order.received',
  'order.state_changed',
  'order.retention_done',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Every type that a receiver may meet: `webhook.test` comes when somebody asks for it. */
export const webhookEventTypes = [...webhookEvents, 'webhook.test'] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** What a receiver finds in the body (Standard Webhooks: `type`, `timestamp`, `data`). */
export const connectionStateChangedPayload = z
  .object({
    type: z.literal('connection.state_changed'),
    /** When the state changed, however late the delivery. */
    timestamp,
    data: z.object({
      /** The entry in the connection's own events. */
      eventId: connectionEventId,
      teamId,
      connectionId,
      connectionName: z.string(),
      from: z.enum(connectionStates),
      to: z.enum(connectionStates),
      trigger: z.enum([...checkTriggers, 'change']),
      /** The row of the check that explains it best; empty when it is well again. */
      cause: z.string(),
    }),
  })
  .meta({ id: 'ConnectionStateChangedPayload' });

/** What every event of an order says of it. */
const orderFacts = z.object({
  teamId,
  orderId,
  number: z.string(),
  dropId,
  dropName: z.string(),
  state: z.enum(orderStates),
});
export const orderReceivedPayload = z
  .object({
    type: z.literal('order.received'),
    timestamp,
    data: orderFacts.extend({
      customerName: z.string(),
      files: z.int(),
      bytes: z.int(),
      late: z.boolean(),
      bucket: z.string(),
      /** Every file of the order is below it, and manifest.json. */
      prefix: z.string(),
    }),
  })
  .meta({ id: 'OrderReceivedPayload' });
export const orderStateChangedPayload = z
  .object({
    type: z.literal('order.state_changed'),
    timestamp,
    data: orderFacts.extend({ from: z.enum(orderStates) }),
  })
  .meta({ id: 'OrderStateChangedPayload' });
export const orderRetentionDonePayload = z
  .object({
    type: z.literal('order.retention_done'),
    timestamp,
    /** `deleted`: by us; `lifecycle`: left to the rule on the bucket. */
    data: orderFacts.extend({ files: z.int(), how: z.enum(['deleted', 'lifecycle']) }),
  })
  .meta({ id: 'OrderRetentionDonePayload' });
export const webhookTestPayload = z
  .object({
    type: z.literal('webhook.test'),
    timestamp,
    data: z.object({ teamId, webhookId, message: z.string() }),
  })
  .meta({ id: 'WebhookTestPayload' });
export const webhookPayload = z.discriminatedUnion('type', [
  connectionStateChangedPayload,
  orderReceivedPayload,
  orderStateChangedPayload,
  orderRetentionDonePayload,
  webhookTestPayload,
]);
export type WebhookPayload = z.infer<typeof webhookPayload>;

/** Where to. https; http only for hosts that the operator has allowed. */
export const webhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { username, password, hash } = new URL(text);
    return username === '' && password === '' && hash === '';
  }, 'may not hold a user name, a password or a fragment')
  .meta({ example: 'https://hooks.example.com/windlass' });

/** Why a webhook is off: somebody switched it off, it failed for days, or its receiver answered 410 Gone. */
export const webhookDisabledReasons = ['person', 'failing', 'gone'] as const;
export type WebhookDisabledReason = (typeof webhookDisabledReasons)[number];

/** Most webhooks of one team. */
export const maxWebhooks = 20;

export const webhook = z
  .object({
    id: webhookId,
    url: z.string().meta({ example: 'https://hooks.example.com/windlass' }),
    events: z.array(z.enum(webhookEvents)),
    enabled: z.boolean(),
    disabled: z.object({ reason: z.enum(webhookDisabledReasons), at: timestamp }).nullable(),
    /** Since when every try has failed; null while the last one succeeded. */
    failingSince: timestamp.nullable(),
    /** Until when the secret before the last rotation signs too; null when there is none. */
    previousSecretUntil: timestamp.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof webhook>;

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks has it. Shown once. */
const shownSecret = z.string().meta({ example: 'whsec_c2hvd24gb25jZSwgbmV2ZXIgdG8gYmUgcmVhZCBhZ2Fpbg==' });

/** `pending`: to be tried, or tried again; `delivered`: answered with 2xx; `failed`: given up. */
export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export const webhookDelivery = z
  .object({
    id: deliveryId,
    /** The header `webhook-id`: the same in every try and replay, so that a receiver can drop what it has seen. */
    messageId: deliveryId,
    type: z.enum(webhookEventTypes),
    status: z.enum(deliveryStatuses),
    attempts: z.int(),
    lastAttemptAt: timestamp.nullable(),
    nextAttemptAt: timestamp.nullable(),
    /** Of the last try; null where no answer came. */
    responseStatus: z.int().nullable(),
    durationMilliseconds: z.int().nullable(),
    /** Why the last try failed, in plain words; null where it did not. */
    cause: z.string().nullable(),
    /** The body, byte for byte. */
    payload: z.string().meta({ example: '{"type":"webhook.test","timestamp":"2026-11-23T09:00:00.000Z"}' }),
    createdAt: timestamp,
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const webhookFields = z.object({
  url: webhookUrl,
  events: z.array(z.enum(webhookEvents)).min(1).max(webhookEvents.length),
  enabled: z.boolean(),
});

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Webhooks of a team',
  params: inTeam,
  query: listQuery,
  response: listOf(webhook),
});
export const createWebhook = operation({
  id: 'createWebhook',
  method: 'POST',
  path: base,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make a webhook; its signing secret is answered once',
  description:
    'Deliveries follow Standard Webhooks: headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, the last an HMAC-SHA256 of `id.timestamp.body` keyed with the base64 after `whsec_`.',
  params: inTeam,
  body: webhookFields.extend({
    events: webhookFields.shape.events.default([...webhookEvents]),
    enabled: z.boolean().default(true),
  }),
  response: z.object({ webhook, secret: shownSecret }),
});
export const getWebhook = operation({
  id: 'getWebhook',
  method: 'GET',
  path: `${base}/:webhookId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Show a webhook',
  params: one,
  response: webhook,
});
export const updateWebhook = operation({
  id: 'updateWebhook',
  method: 'PATCH',
  path: `${base}/:webhookId`,
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Edit a webhook, or switch it off or on',
  description: 'What happens while it is off is not sent later; what was waiting is given up.',
  params: one,
  body: webhookFields.partial(),
  response: webhook,
});
export const deleteWebhook = operation({
  id: 'deleteWebhook',
  method: 'DELETE',
  path: `${base}/:webhookId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Delete a webhook and the log of its deliveries',
  params: one,
});
export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: `${base}/:webhookId/secret`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make a new signing secret, answered once',
  description:
    'The old one signs beside it for `overlapHours`, so that no delivery is lost while the receiver is told. 0 ends it at once: for a secret that has leaked.',
  params: one,
  body: z.object({ overlapHours: z.int().min(0).max(168).default(24) }),
  response: z.object({ webhook, secret: shownSecret }),
});
export const sendTestWebhook = operation({
  id: 'sendTestWebhook',
  method: 'POST',
  path: `${base}/:webhookId/test`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Send the event `webhook.test`',
  params: one,
  response: webhookDelivery,
});
export const listWebhookDeliveries = operation({
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: `${base}/:webhookId/deliveries`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What was sent in the last 30 days, newest first',
  params: one,
  query: listQuery.extend({ status: z.enum(deliveryStatuses).optional() }),
  response: listOf(webhookDelivery),
});
export const replayWebhookDelivery = operation({
  id: 'replayWebhookDelivery',
  method: 'POST',
  path: `${base}/:webhookId/deliveries/:deliveryId/replay`,
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Send the same message again, now',
  description:
    'A new delivery with the same `webhook-id`, body and event; the timestamp in the header and the signature are new. One that was still to be tried is given up for it.',
  params: oneDelivery,
  response: webhookDelivery,
});
