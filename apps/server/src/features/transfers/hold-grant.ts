import type { Database } from '../../platform/db/index.ts';
import { lockGrant } from './grant-store.ts';
import type { TransferAt } from './transfer-store.ts';

/**
 * A transaction that has the grant to itself. Whatever ends uploads or writes their receipts takes the grant first, then its
 * uploads, then what its holder has (an order): where all take them in this order, none waits for another in a circle.
 *
 * @example await holdingGrant(db, row, (trx) => moveTransfer(trx, row, row.id, 'abort'));
 */
export const holdingGrant = <T>(
  db: Database,
  { teamId, grantId }: TransferAt,
  work: (trx: Database) => Promise<T>,
): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await lockGrant(trx, teamId, grantId);
    return work(trx);
  });
