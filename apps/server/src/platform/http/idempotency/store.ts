import type { Database } from '../../db/index.ts';

export interface IdempotencyEntry {
  requestHash: string;
  /** Null while the first request is still running. */
  answer: { status: number; sealedBody: string; contentType: string } | null;
}

interface Place {
  actorId: string;
  key: string;
}

interface Claim extends Place {
  requestHash: string;
  now: Date;
  lockedUntil: Date;
  expiresAt: Date;
}

/**
 * Takes the place of a key: true for the one request that may run. A place that expired, or whose request died
 * before it answered, is taken over. One statement, so that of two processes exactly one wins.
 */
export const claimKey = async (db: Database, claim: Claim): Promise<boolean> => {
  const { actorId, key, requestHash, now, lockedUntil, expiresAt } = claim;
  const fresh = { requestHash, status: null, sealedBody: null, contentType: null, lockedUntil, expiresAt };
  const taken = await db
    .insertInto('idempotencyKeys')
    .values({ actorId, key, createdAt: now, ...fresh })
    .onConflict((conflict) =>
      conflict
        .columns(['actorId', 'key'])
        .doUpdateSet(fresh)
        .where((row) =>
          row.or([
            row('idempotencyKeys.expiresAt', '<=', now),
            row.and([
              row('idempotencyKeys.status', 'is', null),
              row('idempotencyKeys.lockedUntil', '<=', now),
              row('idempotencyKeys.requestHash', '=', requestHash),
            ]),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst();
  return taken !== undefined;
};

export const findKey = async (db: Database, { actorId, key }: Place): Promise<IdempotencyEntry | null> => {
  const row = await db
    .selectFrom('idempotencyKeys')
    .select(['requestHash', 'status', 'sealedBody', 'contentType'])
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { requestHash, status, sealedBody, contentType } = row;
  return {
    requestHash,
    answer:
      status === null || sealedBody === null || contentType === null
        ? null
        : { status, sealedBody, contentType },
  };
};

export const keepAnswer = async (
  db: Database,
  { actorId, key }: Place,
  answer: NonNullable<IdempotencyEntry['answer']>,
): Promise<void> => {
  await db
    .updateTable('idempotencyKeys')
    .set(answer)
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .execute();
};

/** Lets the next request run: this one made nothing. */
export const releaseKey = async (db: Database, { actorId, key }: Place): Promise<void> => {
  await db
    .deleteFrom('idempotencyKeys')
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute();
};

/** Makes room in the place of an answer that cannot be read any more. */
export const forgetAnswer = async (
  db: Database,
  { actorId, key }: Place,
  sealedBody: string,
): Promise<void> => {
  await db
    .deleteFrom('idempotencyKeys')
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .where('sealedBody', '=', sealedBody)
    .execute();
};

/** Deletes what expired; gives how many rows that were. */
export const deleteExpiredKeys = async (db: Database, now: Date): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('idempotencyKeys')
    .where('expiresAt', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
};
