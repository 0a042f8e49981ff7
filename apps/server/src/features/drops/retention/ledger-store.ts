import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';

/**
 * Has the ledger forget what it knows of orders that are gone, names of files before all; over all teams. What a repeated order
 * still has stays, as does what is not settled yet: an object may come of it, and has to be found.
 *
 * The ledger itself does not know who needs its rows: hence here. Indexes: orders_team_id_key, order_files_transfer,
 * transfers_grant, upload_grants_order.
 *
 * @returns how many files were forgotten
 */
export const forgetLedger = async (db: Database): Promise<number> => {
  const isGone = sql`upload_grants.order_id is not null and not exists (
    select from orders where orders.team_id = upload_grants.team_id and orders.id = upload_grants.order_id)`;
  const { numAffectedRows } = await sql`
    delete from transfers using upload_grants
    where upload_grants.team_id = transfers.team_id and upload_grants.id = transfers.grant_id and ${isGone}
      and transfers.state not in ('open', 'completing')
      and not exists (
        select from order_files
        where order_files.team_id = transfers.team_id and order_files.transfer_id = transfers.id)`.execute(
    db,
  );
  await sql`
    delete from upload_grants
    where ${isGone} and not exists (
      select from transfers
      where transfers.team_id = upload_grants.team_id and transfers.grant_id = upload_grants.id)`.execute(db);
  return Number(numAffectedRows ?? 0);
};
