import type { WebhookPayload } from '@windlass/contract';
import { eventFacts } from '../event-facts.ts';
import type { DropRow, OrderRow } from '../ports.ts';
import { searchWords } from '../search-words.ts';

const day = 24 * 60 * 60 * 1000;

/** When the files of an order that is received now go; null: they stay. */
export const filesUntilOf = ({ retentionDays }: Pick<DropRow, 'retentionDays'>, now: Date): Date | null =>
  retentionDays === null ? null : new Date(now.getTime() + retentionDays * day);

/** What an order is found by. */
export const wordsOfOrder = (
  {
    number,
    customerName,
    customerEmail,
    customerPhone,
  }: Pick<OrderRow, 'number' | 'customerName' | 'customerEmail' | 'customerPhone'>,
  files: readonly { name: string }[],
): string[] =>
  searchWords(
    number,
    customerName ?? '',
    customerEmail ?? '',
    customerPhone ?? '',
    ...files.map(({ name }) => name),
  );

/** The webhook's `order.received`. `place.prefix` is the whole one below which the order's files are. */
export const receivedEvent = (
  { order, drop }: { order: OrderRow; drop: DropRow },
  place: { bucket: string; prefix: string },
  now: Date,
): Extract<WebhookPayload, { type: 'order.received' }> => ({
  type: 'order.received',
  timestamp: now.toISOString(),
  data: {
    ...eventFacts({ order, drop }),
    customerName: order.customerName ?? '',
    files: order.files,
    bytes: Number(order.bytes),
    late: order.late,
    ...place,
  },
});
