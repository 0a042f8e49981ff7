import type {
  DeliveryId,
  DeliveryStatus,
  TeamId,
  WebhookDisabledReason,
  WebhookEvent,
  WebhookEventType,
  WebhookId,
} from '@windlass/contract';

interface WebhooksTable {
  id: WebhookId;
  teamId: TeamId;
  url: string;
  events: WebhookEvent[];
  /** Null while it is on. */
  disabledReason: WebhookDisabledReason | null;
  disabledAt: Date | null;
  /** Since when every try has failed. */
  failingSince: Date | null;
  /** Envelope of platform/crypto/vault.ts over the JSON of features/webhooks/signing-secrets.ts; field `signingSecrets`. */
  secretsSealed: string;
  previousSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A message to one webhook; a replay is a row of its own with the same `messageId`. */
interface WebhookDeliveriesTable {
  id: DeliveryId;
  teamId: TeamId;
  webhookId: WebhookId;
  messageId: DeliveryId;
  type: WebhookEventType;
  /** The body, byte for byte: signatures are over it. */
  payload: string;
  status: DeliveryStatus;
  attempts: number;
  lastAttemptAt: Date | null;
  /** Set exactly while the status is `pending`. */
  nextAttemptAt: Date | null;
  responseStatus: number | null;
  durationMilliseconds: number | null;
  cause: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** The tables of 0008-webhooks.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface WebhookTables {
  webhooks: WebhooksTable;
  webhookDeliveries: WebhookDeliveriesTable;
}
