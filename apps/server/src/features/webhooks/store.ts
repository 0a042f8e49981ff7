import type { TeamId, WebhookEvent, WebhookId } from '@windlass/contract';
import { sql, type Selectable, type Updateable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type WebhookRow = Selectable<Tables['webhooks']>;

interface At {
  teamId: TeamId;
  webhookId: WebhookId;
}

const one = (db: Database, { teamId, webhookId }: At) =>
  db.selectFrom('webhooks').selectAll().where('teamId', '=', teamId).where('id', '=', webhookId);

/** Index: webhooks_team_id_key. */
export const findWebhook = async (db: Database, at: At): Promise<WebhookRow | null> =>
  (await one(db, at).executeTakeFirst()) ?? null;

/** The same, and nobody else changes it until the transaction ends. */
export const lockWebhook = async (db: Database, at: At): Promise<WebhookRow | null> =>
  (await one(db, at).forUpdate().executeTakeFirst()) ?? null;

/** Index: webhooks_team_id_key. */
export const listWebhooks = (
  db: Database,
  teamId: TeamId,
  page: { after: WebhookId | null; limit: number },
): Promise<WebhookRow[]> => {
  const query = db
    .selectFrom('webhooks')
    .selectAll()
    .where('teamId', '=', teamId)
    .orderBy('id')
    .limit(page.limit);
  return (page.after === null ? query : query.where('id', '>', page.after)).execute();
};

/** Those that are on and listen to this event. Index: webhooks_team_id_key. */
export const listListeners = (
  db: Database,
  teamId: TeamId,
  event: WebhookEvent,
): Promise<{ id: WebhookId }[]> =>
  db
    .selectFrom('webhooks')
    .select('id')
    .where('teamId', '=', teamId)
    .where('disabledReason', 'is', null)
    .where(sql<boolean>`${event} = any(events)`)
    .execute();

/** Adds one unless the team has `max` already. @returns false when it has */
export const insertWebhook = async (db: Database, row: WebhookRow, max: number): Promise<boolean> => {
  const { count } = await db
    .selectFrom('webhooks')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', row.teamId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= max) return false;
  await db.insertInto('webhooks').values(row).execute();
  return true;
};

export const changeWebhook = async (
  db: Database,
  { teamId, webhookId }: At,
  change: Updateable<Tables['webhooks']>,
): Promise<void> => {
  await db
    .updateTable('webhooks')
    .set(change)
    .where('teamId', '=', teamId)
    .where('id', '=', webhookId)
    .execute();
};

/** Takes its deliveries with it. @returns false when the team has no such webhook */
export const deleteWebhook = async (db: Database, { teamId, webhookId }: At): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('webhooks')
    .where('teamId', '=', teamId)
    .where('id', '=', webhookId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

/** A batch of secrets that another key than the active one wraps; over all teams, for rotation only. */
export const listForRewrap = (
  db: Database,
  activeKid: string,
  limit: number,
): Promise<Pick<WebhookRow, 'id' | 'teamId' | 'secretsSealed'>[]> =>
  db
    .selectFrom('webhooks')
    .select(['id', 'teamId', 'secretsSealed'])
    .where('secretsSealed', 'not like', `v1.${activeKid.replace(/[%_\\]/g, '\\$&')}.%`)
    .limit(limit)
    .execute();

/** Puts the newly wrapped text in place, unless the secrets were changed meanwhile. */
export const replaceSealed = async (
  db: Database,
  { teamId, id }: Pick<WebhookRow, 'id' | 'teamId'>,
  before: string,
  after: string,
): Promise<void> => {
  await db
    .updateTable('webhooks')
    .set({ secretsSealed: after })
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .where('secretsSealed', '=', before)
    .execute();
};
