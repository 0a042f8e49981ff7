import type { OperationInput, OrderReceipt, submitOrder } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import { missingOrder } from '../missing.ts';
import type { StatusLink } from '../page-keys.ts';
import type { DropRow, OrderMails, OrderRow } from '../ports.ts';
import { queueRemoval } from '../retention/remove-objects.ts';
import { checkOrder } from './check-order.ts';
import { closeOrder } from './close-order.ts';
import { isOver, openOrder, orderOfToken } from './open-order.ts';
import { requireInTime } from './order-page.ts';
import { isMailedTo, listOrderFiles, lockOrder, placeOf } from './order-store.ts';
import { queueManifest } from './queue-manifest.ts';
import { receiveOrder } from './receive-order.ts';
import { presentReceipt } from './receipt.ts';
import { receivedEvent } from './received-order.ts';

type Given = OperationInput<typeof submitOrder>['body'];

/**
 * Sends an order: judged as a whole, and received as a whole. Order, events, webhook, mails and the job for its manifest are
 * one transaction; asked again, the same receipt is answered.
 *
 * @throws AppError conflict where the words of its consent were changed, a received file is neither in it nor removed, or it was
 * sent before without one of these files; invalidRequest, uploadIncomplete, quotaExceeded, fileTooLarge, dropClosed, notFound
 */
export type SubmitOrder = (token: string, given: Given) => Promise<OrderReceipt>;

const lookMilliseconds = 15_000;

export const createSubmitOrder = (
  deps: Pick<DropsDeps, 'db' | 'transfers' | 'webhooks' | 'jobs' | 'clock' | 'log'> & {
    mails: OrderMails;
    statusLink: StatusLink;
  },
): SubmitOrder => {
  const { db, transfers, webhooks, jobs, clock, log, mails, statusLink } = deps;

  const tell = async (trx: Database, drop: DropRow, order: OrderRow, now: Date): Promise<void> => {
    const place = await placeOf(trx, order);
    const where = { bucket: place?.bucket ?? '', prefix: `${place?.prefix ?? ''}${order.prefix}` };
    await webhooks.publish(trx, order.teamId, receivedEvent({ order, drop }, where, now));
    const files = await listOrderFiles(trx, { teamId: order.teamId, orderId: order.id });
    await mails.orderReceived(trx, { order, drop, files, statusUrl: statusLink(drop, order.id).url });
    await queueManifest(trx, jobs, order);
  };

  /** What a browser says is in the bucket is looked for there, where the connection may: what is not is asked for again. */
  const lookUp = async ({ teamId, grantId, id: orderId }: OrderRow): Promise<void> => {
    if (grantId === null) return;
    try {
      await transfers.lookUpReportedOf(teamId, grantId, AbortSignal.timeout(lookMilliseconds));
    } catch (error) {
      // A bucket that does not answer now is looked into later, and keeps no order from being sent.
      log.info({ teamId, orderId, err: error }, 'Files of an order were not looked up when it was sent');
    }
  };

  const receiptOf = async (order: OrderRow): Promise<OrderReceipt> => {
    const opened = await openOrder(db, order);
    const at = { teamId: order.teamId, orderId: order.id };
    const { customerEmail } = order;
    return presentReceipt(opened, await listOrderFiles(db, at), {
      statusUrl: statusLink(opened.drop, order.id).url,
      mailed: customerEmail !== null && (await isMailedTo(db, at, customerEmail)),
    });
  };

  /** Nobody is thanked for files that the order was sent without: another tab has sent it, or a file of it turned out missing. */
  const receiptAgain = async (order: OrderRow, { files }: Given): Promise<OrderReceipt> => {
    const sent = await listOrderFiles(db, { teamId: order.teamId, orderId: order.id });
    const ids = new Set(sent.map(({ transferId }) => transferId));
    const without = files.filter(({ transferId }) => !ids.has(transferId)).length;
    if (without === 0) return receiptOf(order);
    const some = without === 1 ? 'one of these files' : `${without} of these files`;
    throw new AppError('conflict', `Order ${order.number} was sent already, without ${some}.`);
  };

  return async (token, given) => {
    const found = await orderOfToken(deps, token);
    if (found.state !== 'draft') return receiptAgain(found, given);
    const at = { teamId: found.teamId, orderId: found.id };
    await lookUp(found);
    await db.transaction().execute(async (trx) => {
      // No file comes after this.
      const order = (await closeOrder(deps, trx, found)) ?? missingOrder();
      // Somebody has pressed the button twice.
      if (order.state !== 'draft') return;
      const now = clock.now();
      // Its time was over meanwhile.
      if (isOver(order, now)) return missingOrder();
      const opened = await openOrder(trx, order);
      requireInTime(opened.drop, now);
      const received = new Map((await listOrderFiles(trx, at)).map((file) => [file.transferId, file]));
      await receiveOrder(trx, opened, checkOrder(opened, received, given), now);
      await queueRemoval(trx, jobs, order, new Set(given.removed));
      await tell(trx, opened.drop, (await lockOrder(trx, at)) ?? missingOrder(), now);
      log.info({ ...at, dropId: order.dropId, files: given.files.length }, 'Order received');
    });
    return receiptAgain(await orderOfToken(deps, token), given);
  };
};
