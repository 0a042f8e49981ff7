import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Insertable, Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import type { TransferRow } from './transfer-store.ts';
import { settledAt } from './url-times.ts';

/**
 * What the bucket has still to forget: an upload (without an id, whatever was begun under the key), or with a size the object
 * of a PUT that may have come.
 */
export type Leftover = Selectable<Tables['uploadLeftovers']>;

/** A bucket's answer to a request to begin an upload is on its way for so long at most. */
const searchAfterMilliseconds = 10 * 60_000;

/**
 * What uploads that end leave in the bucket: of parts nothing where nothing can have been begun, of a single PUT what its URL
 * may have brought or may bring yet.
 */
export const leftoversOf = (
  rows: readonly TransferRow[],
  now: Date,
): Insertable<Tables['uploadLeftovers']>[] =>
  rows.flatMap((row) => {
    const { teamId, connectionId, key, uploadId, uploadBegunAt } = row;
    if (row.kind === 'single') {
      const { grantId, createdAt: ticketAt, urlsUntil } = row;
      const settleAt = settledAt(urlsUntil);
      return [
        {
          teamId,
          connectionId,
          key,
          uploadId,
          dueAt: now,
          size: Number(row.size),
          ticketAt,
          settleAt,
          grantId,
        },
      ];
    }
    if (uploadId === null && uploadBegunAt === null) return [];
    const dueAt = uploadId === null ? new Date(now.getTime() + searchAfterMilliseconds) : now;
    return [{ teamId, connectionId, key, uploadId, dueAt }];
  });

export const keepLeftovers = async (
  db: Database,
  leftovers: Insertable<Tables['uploadLeftovers']>[],
): Promise<Leftover[]> =>
  leftovers.length === 0 ? [] : db.insertInto('uploadLeftovers').values(leftovers).returningAll().execute();

/** Over all teams, for the janitor. Index: upload_leftovers_due. */
export const listDueLeftovers = (db: Database, now: Date, limit: number): Promise<Leftover[]> =>
  db
    .selectFrom('uploadLeftovers')
    .selectAll()
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .limit(limit)
    .execute();

/** Index: upload_leftovers_connection. */
export const listLeftoversOn = (
  db: Database,
  teamId: TeamId,
  connectionId: ConnectionId,
): Promise<Leftover[]> =>
  db
    .selectFrom('uploadLeftovers')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .execute();

export const deleteLeftover = async (db: Database, { teamId, id }: Leftover): Promise<void> => {
  await db.deleteFrom('uploadLeftovers').where('teamId', '=', teamId).where('id', '=', id).execute();
};

export const postponeLeftover = async (
  db: Database,
  { teamId, id }: Leftover,
  dueAt: Date,
): Promise<void> => {
  await db
    .updateTable('uploadLeftovers')
    .set((of) => ({ dueAt, tries: of('tries', '+', 1) }))
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .execute();
};

/** A change of what is kept of it. @returns false where somebody else has settled it meanwhile */
export const changeLeftover = async (
  db: Database,
  { teamId, id, grantId }: Leftover,
  change: { dueAt: Date; grantId?: null },
): Promise<boolean> => {
  const result = await db
    .updateTable('uploadLeftovers')
    .set(change)
    .where('teamId', '=', teamId)
    .where('id', '=', id)
    .where('grantId', 'is not distinct from', grantId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/** The ids of the uploads of a key that are under way: those stay. Index: transfers_key_under_way. */
export const liveUploadIds = async (db: Database, { connectionId, key }: Leftover): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('transfers')
    .select('uploadId')
    .where('connectionId', '=', connectionId)
    .where('key', '=', key)
    .where('state', 'in', ['open', 'completing'])
    .execute();
  return new Set(rows.flatMap(({ uploadId }) => (uploadId === null ? [] : [uploadId])));
};
