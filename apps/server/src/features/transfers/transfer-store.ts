import {
  transferKinds,
  type Checksum,
  type ConnectionId,
  type TeamId,
  type TransferId,
  type TransferKind,
  type TransferState,
  type UploadGrantId,
} from '@windlass/contract';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import { statesBefore, underWay, type TransferEvent } from './transfer-states.ts';

export type TransferRow = Selectable<Tables['transfers']>;

/** Which upload; every query has both. */
export interface TransferAt {
  teamId: TeamId;
  grantId: UploadGrantId;
}

/** Uploads of a grant by id. Index: transfers_pkey. */
export const findTransfers = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  ids: readonly TransferId[],
): Promise<Map<TransferId, TransferRow>> => {
  const rows = await db
    .selectFrom('transfers')
    .selectAll()
    .where('id', '=', anyOf(ids))
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

/**
 * What the sender asked for before with the same marks. Index: transfers_retry_key, once for each mark: of a grant that is too
 * new to be in the statistics, all files would be read instead, for every hundred files again.
 */
export const findByRetryKeys = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  retryKeys: readonly string[],
): Promise<TransferRow[]> =>
  retryKeys.length === 0
    ? []
    : db
        .selectFrom(sql<{ mark: string }>`unnest(${[...retryKeys]}::text[])`.as<'wanted'>(sql`wanted(mark)`))
        .innerJoinLateral(
          (from) =>
            from
              .selectFrom('transfers')
              .selectAll()
              .where('teamId', '=', teamId)
              .where('grantId', '=', grantId)
              .whereRef('retryKey', '=', 'wanted.mark')
              .where('state', 'in', [...underWay, 'received'])
              .limit(1)
              .as('known'),
          (join) => join.onTrue(),
        )
        .selectAll('known')
        .execute();

/** Which of these keys the ledger knows as taken, and whether by an upload that is under way. Index: transfers_key. */
export const findTakenKeys = async (
  db: Database,
  connectionId: ConnectionId,
  keys: readonly string[],
): Promise<Map<string, 'underWay' | 'received'>> => {
  if (keys.length === 0) return new Map();
  // Over all teams' grants on it: a connection is one team's.
  const rows = await db
    .selectFrom('transfers')
    .select(['key', 'state'])
    .where('connectionId', '=', connectionId)
    .where('key', '=', anyOf(keys))
    .where('state', 'in', [...underWay, 'received'])
    .execute();
  const taken = new Map<string, 'underWay' | 'received'>();
  for (const { key, state } of rows) {
    if (state !== 'received') taken.set(key, 'underWay');
    else if (!taken.has(key)) taken.set(key, 'received');
  }
  return taken;
};

/** The upload for whoever changes it, one after another. Index: transfers_pkey. */
export const lockTransfer = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  id: TransferId,
): Promise<TransferRow | null> => {
  const row = await db
    .selectFrom('transfers')
    .selectAll()
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    // Whoever reports parts of it refers to it, and may go on.
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
};

/** What a move may set besides the state. */
type Change = Partial<
  Pick<
    Insertable<Tables['transfers']>,
    'uploadId' | 'uploadBegunAt' | 'checksumAlgorithm' | 'checksumValue' | 'checksumBy'
  >
>;

/** Moves one upload where the table of states lets it. @returns false where it was in another state */
export const moveTransfer = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  id: TransferId,
  event: keyof typeof stateAfter,
  change: Change = {},
): Promise<boolean> => {
  const result = await db
    .updateTable('transfers')
    .set({ ...change, state: stateAfter[event] })
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('state', 'in', statesBefore(event))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

const stateAfter = {
  complete: 'completing',
  reopen: 'open',
  abort: 'aborted',
  expire: 'expired',
} as const satisfies Partial<Record<TransferEvent, TransferState>>;

/** How it is known that a file is in the bucket. */
export interface Arrival {
  id: TransferId;
  etag: string | null;
  checksum: Checksum | null;
  checksumBy: 'bucket' | 'sender' | null;
  proof: 'completed' | 'seen' | 'reported';
}

/**
 * Receipts for many uploads of one grant, in one statement.
 *
 * @returns the rows that were written; an upload that had ended is not among them
 */
export const receiveTransfers = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  arrivals: readonly Arrival[],
  { now, reconcileAt }: { now: Date; reconcileAt: Date },
): Promise<TransferRow[]> => {
  if (arrivals.length === 0) return [];
  const arrived = sql<{
    id: string;
    etag: string | null;
    algorithm: Checksum['algorithm'] | null;
    value: string | null;
    by: 'bucket' | 'sender' | null;
    proof: Arrival['proof'];
    reconcileAt: Date | null;
  }>`unnest(
    ${arrivals.map(({ id }) => id)}::text[],
    ${arrivals.map(({ etag }) => etag)}::text[],
    ${arrivals.map(({ checksum }) => checksum?.algorithm ?? null)}::text[],
    ${arrivals.map(({ checksum }) => checksum?.value ?? null)}::text[],
    ${arrivals.map(({ checksumBy }) => checksumBy)}::text[],
    ${arrivals.map(({ proof }) => proof)}::text[],
    ${arrivals.map(({ proof }) => (proof === 'reported' ? reconcileAt : null))}::timestamptz[]
  )`.as<'arrived'>(sql`arrived(id, etag, algorithm, value, "by", proof, reconcile_at)`);
  return db
    .updateTable('transfers')
    .from(arrived)
    .set((of) => ({
      state: 'received' as const,
      etag: of.ref('arrived.etag'),
      checksumAlgorithm: of.ref('arrived.algorithm'),
      checksumValue: of.ref('arrived.value'),
      checksumBy: of.ref('arrived.by'),
      proof: of.ref('arrived.proof'),
      receivedAt: now,
      reconcileAt: of.ref('arrived.reconcileAt'),
    }))
    .whereRef('transfers.id', '=', 'arrived.id')
    .where('transfers.teamId', '=', teamId)
    .where('transfers.grantId', '=', grantId)
    .where('transfers.state', 'in', statesBefore('receive'))
    .returningAll('transfers')
    .execute();
};

/** Notes that the bucket is about to be asked to begin an upload, or the id that it gave. */
export const setUploadId = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  id: TransferId,
  change: { uploadBegunAt: Date } | { uploadId: string },
): Promise<boolean> => {
  const result = await db
    .updateTable('transfers')
    .set(change)
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('state', '=', 'open')
    .where('uploadId', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

/**
 * Notes until when URLs of open uploads are good, in one statement.
 *
 * @returns those that are open still
 */
export const extendUrls = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  ends: readonly { id: TransferId; urlsUntil: Date }[],
): Promise<Set<TransferId>> => {
  if (ends.length === 0) return new Set();
  const renewed = sql<{ id: string; until: Date }>`unnest(
    ${ends.map(({ id }) => id)}::text[], ${ends.map(({ urlsUntil }) => urlsUntil)}::timestamptz[]
  )`.as<'renewed'>(sql`renewed(id, until)`);
  const rows = await db
    .updateTable('transfers')
    .from(renewed)
    .set({ urlsUntil: sql<Date>`greatest(transfers.urls_until, renewed.until)` })
    .whereRef('transfers.id', '=', 'renewed.id')
    .where('transfers.teamId', '=', teamId)
    .where('transfers.grantId', '=', grantId)
    .where('transfers.state', '=', 'open')
    .returning('transfers.id')
    .execute();
  return new Set(rows.map(({ id }) => id));
};

/** Ends every open upload of a grant, or of these kinds only. Index: transfers_grant. */
export const endOpenTransfers = (
  db: Database,
  { teamId, grantId }: TransferAt,
  kinds: readonly TransferKind[] = transferKinds,
): Promise<TransferRow[]> =>
  db
    .updateTable('transfers')
    .set({ state: stateAfter.abort })
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('state', '=', 'open')
    .where('kind', 'in', kinds)
    .returningAll()
    .execute();

/** Ends the time of every open PUT of a grant: the janitor looks what came of each. Index: transfers_grant. */
export const endTimeOfPuts = async (
  db: Database,
  { teamId, grantId }: TransferAt,
  now: Date,
): Promise<boolean> => {
  const result = await db
    .updateTable('transfers')
    .set({ expiresAt: now })
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('state', '=', 'open')
    .where('kind', '=', 'single')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

/** Past their time; over all teams, for the janitor. Index: transfers_expiry. */
export const listExpired = (db: Database, now: Date, limit: number): Promise<TransferRow[]> =>
  db
    .selectFrom('transfers')
    .selectAll()
    .where('state', 'in', underWay)
    .where('expiresAt', '<=', now)
    .orderBy('expiresAt')
    .limit(limit)
    .execute();

/** A list of values as one parameter: however many there are, it is one prepared statement. */
const anyOf = <T extends string>(values: readonly T[]) => sql<T>`any(${[...values]}::text[])`;
