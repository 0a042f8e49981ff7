import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { queueRemoval } from '../retention/remove-objects.ts';
import { deleteOrder, lockOrder } from './order-store.ts';

type Deps = Pick<DropsDeps, 'transfers' | 'jobs'>;

/**
 * Ends the uploads of an order and holds its row until `trx` ends. Whether it is still a draft, its row says now and not
 * before: of somebody who sends it, somebody who cancels it and the end of its time, one is first.
 *
 * The grant comes before the order, as it does where a file is received.
 *
 * @returns null for one that is gone
 */
export const closeOrder = async (
  { transfers }: Pick<Deps, 'transfers'>,
  trx: Database,
  { teamId, grantId, id: orderId }: OrderRow,
): Promise<OrderRow | null> => {
  if (grantId !== null) await transfers.endGrant(trx, teamId, grantId);
  return lockOrder(trx, { teamId, orderId });
};

/**
 * Throws a draft away. Its files are deleted by a job, which is there once `trx` has committed: nothing is deleted of an order
 * that may yet be sent.
 *
 * @returns the order as it was: one that was sent meanwhile is left as it is; null for one that is gone
 */
export const throwAwayDraft = async (
  deps: Deps,
  trx: Database,
  found: OrderRow,
): Promise<OrderRow | null> => {
  const order = await closeOrder(deps, trx, found);
  if (order?.state !== 'draft') return order;
  await queueRemoval(trx, deps.jobs, order);
  await deleteOrder(trx, { teamId: order.teamId, orderId: order.id });
  return order;
};
