import type { UserId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { newId } from '../../../kernel/new-id.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import { findPlainDrop } from '../drop-store.ts';
import { orderNumber, orderPrefix } from '../order-number.ts';
import type { StatusLink } from '../page-keys.ts';
import {
  insertOrder,
  insertOrderEvent,
  insertOrderFiles,
  listOrderFiles,
  lockOrder,
  nextOrderCount,
  placeOf,
  setSearchWords,
} from '../pages/order-store.ts';
import { queueManifest } from '../pages/queue-manifest.ts';
import { filesUntilOf, receivedEvent, wordsOfOrder } from '../pages/received-order.ts';
import type { OrderAt, OrderFileRow, OrderRow } from '../ports.ts';
import { folderOf } from './folder-of.ts';
import { noSuchOrder } from './missing-order.ts';

/**
 * Takes an order again, in `trx`: a number of its own for the same files and answers. No object is copied: the files stay
 * where the first order has them, for as long as any order needs them.
 *
 * @throws AppError notFound; conflict for a draft, and for files whose days are over
 */
export type CloneOrder = (trx: Database, at: OrderAt, userId: UserId) => Promise<OrderAt>;

/** Whoever deletes the first order's files has it locked, as this has: what is copied here is seen there, or is gone here. */
const requireFiles = (order: OrderRow, files: readonly OrderFileRow[], now: Date): void => {
  if (order.state === 'draft')
    throw new AppError('conflict', 'This order was not sent yet: its customer is at it.');
  const isOver = order.filesUntil !== null && order.filesUntil <= now;
  if (order.filesDeletedAt !== null || isOver || files.length === 0)
    throw new AppError('conflict', 'The days of its files are over: there is nothing left to order again.');
};

export const createCloneOrder =
  ({
    webhooks,
    jobs,
    clock,
    statusLink,
  }: Pick<DropsDeps, 'webhooks' | 'jobs' | 'clock'> & { statusLink: StatusLink }): CloneOrder =>
  async (trx, at, userId) => {
    const first = (await lockOrder(trx, at)) ?? noSuchOrder();
    const drop = (await findPlainDrop(trx, first)) ?? noSuchOrder();
    const files = (await listOrderFiles(trx, at)).filter(({ deletedAt }) => deletedAt === null);
    const now = clock.now();
    requireFiles(first, files, now);

    const { teamId } = first;
    const copy = { teamId, orderId: newId('ord') };
    const number = orderNumber(now, await nextOrderCount(trx, teamId, now.getUTCFullYear()));
    const order = await insertOrder(trx, {
      id: copy.orderId,
      teamId,
      dropId: first.dropId,
      connectionId: first.connectionId,
      number,
      prefix: orderPrefix(number),
      formVersion: first.formVersion,
      state: 'received',
      customerName: first.customerName,
      customerEmail: first.customerEmail,
      customerPhone: first.customerPhone,
      answers: JSON.stringify(first.answers),
      grantId: null,
      tokenHash: null,
      statusTokenHash: statusLink(drop, copy.orderId).tokenHash,
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + Number(size), 0),
      consentText: first.consentText,
      consentedAt: first.consentedAt,
      cloneOf: first.id,
      createdAt: now,
      updatedAt: now,
      submittedAt: now,
      filesUntil: filesUntilOf(drop, now),
    });
    await insertOrderFiles(
      trx,
      files.map((file) => ({
        ...file,
        id: newId('fil'),
        orderId: copy.orderId,
        size: Number(file.size),
        checksum: file.checksum === null ? null : JSON.stringify(file.checksum),
        options: JSON.stringify(file.options),
      })),
    );
    await setSearchWords(trx, copy, wordsOfOrder(order, files));
    await insertOrderEvent(trx, copy, { state: 'received', at: now, madeBy: userId });
    const place = await placeOf(trx, order);
    const [file] = files;
    const prefix = file === undefined ? order.prefix : folderOf(file);
    const where = { bucket: place?.bucket ?? '', prefix };
    await webhooks.publish(trx, teamId, receivedEvent({ order, drop }, where, now));
    await queueManifest(trx, jobs, order);
    return copy;
  };
