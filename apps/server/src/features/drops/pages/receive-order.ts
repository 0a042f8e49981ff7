import { AppError } from '../../../kernel/app-error.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { CheckedOrder } from './check-order.ts';
import type { OpenedOrder } from './open-order.ts';
import { changeOrder, countDay, insertOrderEvent, setSearchWords, settleOrderFiles } from './order-store.ts';
import { isLate } from './phases.ts';
import { filesUntilOf, wordsOfOrder } from './received-order.ts';

/**
 * Makes an order of a draft that was found fit: what was said and chosen, its files, how it is found, when its files go.
 *
 * @throws AppError quotaExceeded where the page has its orders of the day
 */
export const receiveOrder = async (
  trx: Database,
  { order, drop }: OpenedOrder,
  checked: CheckedOrder,
  now: Date,
): Promise<void> => {
  const { customer } = checked;
  const at = { teamId: order.teamId, orderId: order.id };
  const receivedToday = await countDay(trx, drop, { ordersReceived: 1 }, now);
  if (drop.maxOrdersPerDay !== null && receivedToday > drop.maxOrdersPerDay) {
    throw new AppError(
      'quotaExceeded',
      `This page takes ${drop.maxOrdersPerDay} orders a day, and has them for today. Yours is kept: send it tomorrow.`,
    );
  }
  const chosen = checked.files.map(({ file, options }) => ({ transferId: file.transferId, options }));
  await settleOrderFiles(trx, at, chosen, now);
  await changeOrder(trx, at, {
    state: 'received',
    late: isLate(drop, now),
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone,
    answers: JSON.stringify(checked.answers),
    draftOptions: '{}',
    files: checked.files.length,
    bytes: checked.bytes,
    ...(drop.consentText === '' ? {} : { consentText: drop.consentText, consentedAt: now }),
    updatedAt: now,
    submittedAt: now,
    expiresAt: null,
    filesUntil: filesUntilOf(drop, now),
  });
  const named = {
    number: order.number,
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone,
  };
  await setSearchWords(
    trx,
    at,
    wordsOfOrder(
      named,
      checked.files.map(({ file }) => file),
    ),
  );
  await insertOrderEvent(trx, at, { state: 'received', at: now });
};
