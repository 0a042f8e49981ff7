import type { DeskState, UserId } from '@windlass/contract';
import type { Clock } from '../../../kernel/clock.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import { eventFacts } from '../event-facts.ts';
import { requireMove } from '../order-states.ts';
import { changeOrder, insertOrderEvent, stateLabelsOf } from '../pages/order-store.ts';
import type { DropRow, OrderMails, OrderRow } from '../ports.ts';

/**
 * Moves an order that `trx` has locked: its state, the event, the webhook and the customer's mail are one.
 *
 * @throws AppError conflict for a move that is not in the table
 */
export type MoveOrder = (
  trx: Database,
  moved: { order: OrderRow; drop: DropRow },
  to: DeskState,
  by: { userId: UserId; notify: boolean },
) => Promise<void>;

export const createMoveOrder =
  ({
    webhooks,
    mails,
    clock,
  }: Pick<DropsDeps, 'webhooks'> & { mails: OrderMails; clock: Clock }): MoveOrder =>
  async (trx, { order, drop }, to, { userId, notify }) => {
    requireMove(order.state, to, await stateLabelsOf(trx, order.teamId));
    const now = clock.now();
    const at = { teamId: order.teamId, orderId: order.id };
    await changeOrder(trx, at, { state: to, updatedAt: now });
    await insertOrderEvent(trx, at, { state: to, at: now, madeBy: userId });
    await webhooks.publish(trx, order.teamId, {
      type: 'order.state_changed',
      timestamp: now.toISOString(),
      data: { ...eventFacts({ order, drop }), state: to, from: order.state },
    });
    if (notify) await mails.stateChanged(trx, { order, drop, state: to });
  };
