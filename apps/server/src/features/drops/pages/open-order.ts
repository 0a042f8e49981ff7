import type { FormField } from '@windlass/contract';
import type { Clock } from '../../../kernel/clock.ts';
import { hashToken, isOrderToken } from '../../../platform/crypto/token.ts';
import type { Database } from '../../../platform/db/index.ts';
import { findPlainDrop } from '../drop-store.ts';
import { findForm } from '../forms/form-store.ts';
import { missingForm, missingOrder } from '../missing.ts';
import type { DropRow, OrderRow } from '../ports.ts';
import { findOrderByToken } from './order-store.ts';

/** An order with its page, and the questions that it answers. */
export interface OpenedOrder {
  order: OrderRow;
  drop: DropRow;
  fields: FormField[];
}

/** A draft whose time is over is gone for its customer, although the row may still be there for some minutes. */
export const isOver = ({ expiresAt }: OrderRow, now: Date): boolean => expiresAt !== null && expiresAt <= now;

/** A token says all that a customer has written: it is not kept in a browser for ever. The status link stays. */
const receiptMilliseconds = 30 * 24 * 60 * 60 * 1000;
const isLongSent = ({ submittedAt }: OrderRow, now: Date): boolean =>
  submittedAt !== null && submittedAt.getTime() + receiptMilliseconds <= now.getTime();

/** @throws AppError notFound where page or form went away meanwhile */
export const openOrder = async (db: Database, order: OrderRow): Promise<OpenedOrder> => {
  const at = { teamId: order.teamId, dropId: order.dropId };
  const drop = (await findPlainDrop(db, at)) ?? missingOrder();
  const { fields } = (await findForm(db, at, order.formVersion)) ?? missingForm();
  return { order, drop, fields };
};

/** The order of a token `wo_…`, which is good until 30 days after it was sent. @throws AppError notFound */
export const orderOfToken = async (
  { db, clock }: { db: Database; clock: Clock },
  token: string,
): Promise<OrderRow> => {
  const order = isOrderToken(token) ? await findOrderByToken(db, hashToken(token)) : null;
  const now = clock.now();
  return order === null || isOver(order, now) || isLongSent(order, now) ? missingOrder() : order;
};
