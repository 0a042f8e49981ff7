import type { Database } from './database.ts';

const tablesWithExpiry = [
  'sessions',
  'oidcAttempts',
  'invitations',
  'idempotencyKeys',
  'webhookDeliveries',
  'sourcePurges',
  'imageUsage',
  'usedChallenges',
  'zipLinks',
] as const;

/**
 * Deletes what has run out in every table that keeps things for a time; gives how many rows that were, by table.
 * Readers check the time themselves: this only keeps the tables small.
 */
export const deleteExpired = async (db: Database, now: Date): Promise<Record<string, number>> => {
  const deleted: Record<string, number> = {};
  for (const table of tablesWithExpiry) {
    const { numDeletedRows } = await db.deleteFrom(table).where('expiresAt', '<=', now).executeTakeFirst();
    deleted[table] = Number(numDeletedRows);
  }
  const { numDeletedRows } = await db
    .deleteFrom('rateLimits')
    .where('expire', '<=', String(now.getTime()))
    .executeTakeFirst();
  deleted['rateLimits'] = Number(numDeletedRows);
  return deleted;
};
