import type { Database } from '../../platform/db/index.ts';
import { countInGrant } from './grant-store.ts';
import { keepLeftovers, leftoversOf, type Leftover } from './leftover-store.ts';
import { forgetParts } from './part-store.ts';
import type { TransferAt, TransferRow } from './transfer-store.ts';

/**
 * What belongs to uploads of one grant that have just ended without a file: their parts are forgotten, and the bucket has to
 * forget them too. They are counted no more, but for those that go in one PUT: its URL is out, and until it has run out and
 * somebody has looked, the object may be there.
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
  const inParts = rows.filter(({ kind }) => kind === 'multipart');
  if (inParts.length > 0) {
    await countInGrant(trx, teamId, grantId, {
      files: -inParts.length,
      bytes: -inParts.reduce((sum, { size }) => sum + Number(size), 0),
    });
    await forgetParts(
      trx,
      inParts.map(({ id }) => id),
    );
  }
  return keepLeftovers(trx, leftoversOf(rows, now));
};
