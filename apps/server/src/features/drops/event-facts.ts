import type { DropRow, OrderRow } from './ports.ts';

/** What every webhook event of an order says of it. */
export const eventFacts = ({ order, drop }: { order: OrderRow; drop: DropRow }) => ({
  teamId: order.teamId,
  orderId: order.id,
  number: order.number,
  dropId: drop.id,
  dropName: drop.name,
  state: order.state,
});
