import type { FormField, OrderReceipt } from '@windlass/contract';
import type { DropRow, OrderFileRow, OrderRow } from '../ports.ts';

/** What customer and lab agree on, of an order that was sent. */
export const presentReceipt = (
  { order, drop, fields }: { order: OrderRow; drop: DropRow; fields: FormField[] },
  files: readonly OrderFileRow[],
  { statusUrl, mailed }: { statusUrl: string; mailed: boolean },
): OrderReceipt => ({
  number: order.number,
  title: drop.title,
  // The table has both for every order that is no draft.
  submittedAt: (order.submittedAt ?? order.updatedAt).toISOString(),
  customer: { name: order.customerName ?? '', email: order.customerEmail, phone: order.customerPhone },
  late: order.late,
  files: files.map(({ name, size, type, checksum, options }) => ({
    name,
    size: Number(size),
    type,
    checksum,
    options,
  })),
  bytes: Number(order.bytes),
  answers: order.answers,
  fields,
  statusUrl,
  filesUntil: order.filesUntil?.toISOString() ?? null,
  mailed,
});
