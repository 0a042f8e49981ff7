import type { DeliveryId, DeliveryStatus, TeamId, WebhookId } from '@windlass/contract';
import type { Selectable, Updateable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type DeliveryRow = Selectable<Tables['webhookDeliveries']>;

interface OfWebhook {
  teamId: TeamId;
  webhookId: WebhookId;
}
interface At extends OfWebhook {
  deliveryId: DeliveryId;
}

const one = (db: Database, { teamId, webhookId, deliveryId }: At) =>
  db
    .selectFrom('webhookDeliveries')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('webhookId', '=', webhookId)
    .where('id', '=', deliveryId);

/** Index: webhook_deliveries_pkey. */
export const findDelivery = async (db: Database, at: At): Promise<DeliveryRow | null> =>
  (await one(db, at).executeTakeFirst()) ?? null;

/** The same, and nobody else changes it until the transaction ends. */
export const lockDelivery = async (db: Database, at: At): Promise<DeliveryRow | null> =>
  (await one(db, at).forUpdate().executeTakeFirst()) ?? null;

export const insertDelivery = async (db: Database, row: DeliveryRow): Promise<void> => {
  await db.insertInto('webhookDeliveries').values(row).execute();
};

/** One page, newest first. Index: webhook_deliveries_list. */
export const listDeliveries = (
  db: Database,
  { teamId, webhookId }: OfWebhook,
  page: { before: DeliveryId | null; status: DeliveryStatus | null; limit: number },
): Promise<DeliveryRow[]> => {
  const { before, status, limit } = page;
  return db
    .selectFrom('webhookDeliveries')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('webhookId', '=', webhookId)
    .$if(before !== null, (query) => query.where('id', '<', before))
    .$if(status !== null, (query) => query.where('status', '=', status))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
};

export const changeDelivery = async (
  db: Database,
  { teamId, webhookId, deliveryId }: At,
  change: Updateable<Tables['webhookDeliveries']>,
): Promise<void> => {
  await db
    .updateTable('webhookDeliveries')
    .set(change)
    .where('teamId', '=', teamId)
    .where('webhookId', '=', webhookId)
    .where('id', '=', deliveryId)
    .execute();
};

/** Gives up everything of a webhook that was still to be tried. Index: webhook_deliveries_list. */
export const giveUpPending = async (
  db: Database,
  { teamId, webhookId }: OfWebhook,
  cause: string,
): Promise<void> => {
  await db
    .updateTable('webhookDeliveries')
    .set({ status: 'failed', nextAttemptAt: null, cause })
    .where('teamId', '=', teamId)
    .where('webhookId', '=', webhookId)
    .where('status', '=', 'pending')
    .execute();
};
