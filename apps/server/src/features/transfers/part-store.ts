import type { PartDone, TransferId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';

/** A part that its sender has reported. */
export interface ReportedPart {
  number: number;
  /** Without quotes. */
  etag: string;
  crc64nvme: string | null;
}

/** One statement for all of them; a part that was sent again counts with its last report. */
export const keepParts = async (
  db: Database,
  transferId: TransferId,
  parts: readonly PartDone[],
): Promise<void> => {
  // One statement cannot write a row twice. In one order, so that two of them do not wait for each other.
  const last = [...new Map(parts.map((part) => [part.number, part])).values()].toSorted(
    (one, other) => one.number - other.number,
  );
  if (last.length === 0) return;
  await db
    .insertInto('transferParts')
    .columns(['transferId', 'number', 'etag', 'crc64nvme'])
    .expression((of) =>
      of
        .selectFrom(
          sql<{ number: number; etag: string; crc: string | null }>`unnest(
            ${last.map(({ number }) => number)}::integer[],
            ${last.map(({ etag }) => etag.replaceAll('"', ''))}::text[],
            ${last.map(({ crc64nvme }) => crc64nvme ?? null)}::text[]
          )`.as<'part'>(sql`part(number, etag, crc)`),
        )
        .select((part) => [part.val(transferId).as('transferId'), 'part.number', 'part.etag', 'part.crc']),
    )
    .onConflict((conflict) =>
      conflict.columns(['transferId', 'number']).doUpdateSet((of) => ({
        etag: of.ref('excluded.etag'),
        crc64nvme: of.ref('excluded.crc64nvme'),
      })),
    )
    .execute();
};

/** In the order of their numbers. The caller found the upload through a row of the right grant. Index: transfer_parts_pkey. */
export const listParts = (db: Database, transferId: TransferId): Promise<ReportedPart[]> =>
  db
    .selectFrom('transferParts')
    .select(['number', 'etag', 'crc64nvme'])
    .where('transferId', '=', transferId)
    .orderBy('number')
    .execute();

/** The numbers alone, of many uploads. Index: transfer_parts_pkey. */
export const listPartNumbers = async (
  db: Database,
  transferIds: readonly TransferId[],
): Promise<Map<TransferId, number[]>> => {
  const numbers = new Map<TransferId, number[]>();
  if (transferIds.length === 0) return numbers;
  const rows = await db
    .selectFrom('transferParts')
    .select(['transferId', 'number'])
    .where('transferId', 'in', transferIds)
    .orderBy('number')
    .execute();
  for (const { transferId, number } of rows) {
    const known = numbers.get(transferId);
    if (known === undefined) numbers.set(transferId, [number]);
    else known.push(number);
  }
  return numbers;
};

export const countParts = async (db: Database, transferId: TransferId): Promise<number> => {
  const { count } = await db
    .selectFrom('transferParts')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('transferId', '=', transferId)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** All, or those with these numbers. */
export const forgetParts = async (
  db: Database,
  transferIds: readonly TransferId[],
  numbers: readonly number[] | null = null,
): Promise<void> => {
  if (transferIds.length === 0 || numbers?.length === 0) return;
  const query = db.deleteFrom('transferParts').where('transferId', 'in', transferIds);
  await (numbers === null ? query : query.where('number', 'in', numbers)).execute();
};
