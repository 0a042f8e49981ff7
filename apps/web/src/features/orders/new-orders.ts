/** What is compared of an order: ids sort by age (UUIDv7), and `submittedAt` is the order of the list. */
interface Arrived {
  id: string;
  submittedAt: string | null;
  createdAt: string;
}

const arrival = ({ submittedAt, createdAt }: Arrived): string => submittedAt ?? createdAt;

/**
 * Orders that came in after the newest of a list: what somebody at the desk has not seen. An order that went into this
 * list by another state is older than its first row, and no news.
 */
export const newOrders = <Order extends Arrived>(
  newest: readonly Order[],
  listed: readonly Order[],
): readonly Order[] => {
  const [first] = listed.toSorted((a, b) => arrival(b).localeCompare(arrival(a)));
  if (first === undefined) return newest;
  const known = new Set(listed.map(({ id }) => id));
  return newest.filter((order) => !known.has(order.id) && arrival(order) >= arrival(first));
};
