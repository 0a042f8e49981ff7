import type { Database } from '../../platform/db/index.ts';
import { countInGrant } from './grant-store.ts';
import { keepLeftovers, leftoversOf, type Leftover } from './leftover-store.ts';
import { forgetParts } from './part-store.ts';
import type { TransferAt, TransferRow } from './transfer-store.ts';

/**
 * What belongs to uploads of one grant that have just ended without a file: they are counted no more, their parts are
 * forgotten, and the bucket has to forget them too.
 *
 * @returns what it has to forget
 */
export const settleEnded = async (
  trx: Database,
  { teamId, grantId }: TransferAt,
  rows: readonly TransferRow[],
  now: Date,
): Promise<Leftover[]> => {
  if (rows.length === 0) return [];
  await countInGrant(trx, teamId, grantId, {
    files: -rows.length,
    bytes: -rows.reduce((sum, { size }) => sum + Number(size), 0),
  });
  await forgetParts(
    trx,
    rows.filter(({ kind }) => kind === 'multipart').map(({ id }) => id),
  );
  return keepLeftovers(trx, leftoversOf(rows, now));
};
