import type { TransferId } from '@windlass/contract';
import { sql, type Insertable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import { underWay } from './transfer-states.ts';
import type { TransferRow } from './transfer-store.ts';

/** A row of the ledger as it begins. */
export type NewTransfer = Omit<Insertable<Tables['transfers']>, 'id'> & Pick<TransferRow, 'id'>;

/** Every column of a new row, with its type in the database. */
const columns = {
  id: 'text',
  teamId: 'text',
  grantId: 'text',
  connectionId: 'text',
  keyPrefix: 'text',
  key: 'text',
  name: 'text',
  size: 'bigint',
  type: 'text',
  kind: 'text',
  state: 'text',
  partSize: 'bigint',
  partCount: 'integer',
  uploadId: 'text',
  uploadBegunAt: 'timestamptz',
  retryKey: 'text',
  checksumAlgorithm: 'text',
  checksumValue: 'text',
  checksumBy: 'text',
  etag: 'text',
  proof: 'text',
  createdAt: 'timestamptz',
  expiresAt: 'timestamptz',
  urlsUntil: 'timestamptz',
  receivedAt: 'timestamptz',
  reconcileAt: 'timestamptz',
} as const satisfies Record<keyof NewTransfer, string>;

// The keys of a literal, which are all that is in it.
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

/**
 * One statement for all of them, with a list for each column: a value for each of a hundred rows would be 2,600 parameters to
 * write, to read and to plan. A key that somebody else writes at this moment is left out.
 *
 * @returns the rows that were written
 */
export const insertTransfers = async (
  db: Database,
  rows: readonly NewTransfer[],
): Promise<Map<TransferId, TransferRow>> => {
  if (rows.length === 0) return new Map();
  const lists = columnNames.map(
    (name) => sql`${rows.map((row) => row[name] ?? null)}::${sql.raw(columns[name])}[]`,
  );
  const given = sql<NewTransfer>`unnest(${sql.join(lists)})`.as<'given'>(
    sql`given(${sql.join(columnNames.map((name) => sql.ref(name)))})`,
  );
  const written = await db
    .insertInto('transfers')
    .columns(columnNames)
    .expression((from) => from.selectFrom(given).select(columnNames))
    .onConflict((conflict) =>
      conflict.columns(['connectionId', 'key']).where('state', 'in', underWay).doNothing(),
    )
    .returningAll()
    .execute();
  return new Map(written.map((row) => [row.id, row]));
};
