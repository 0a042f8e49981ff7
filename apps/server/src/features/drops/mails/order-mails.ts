import type { OrderState } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { Mailer } from '../../../platform/mail/index.ts';
import type { DropsDeps } from '../deps.ts';
import { findOrder } from '../pages/order-store.ts';
import type { OrderMails, OrderRow } from '../ports.ts';
import type { OrderMailKind } from './compose-order-mail.ts';
import { changeOrderMail, insertOrderMail, lockOrderMail, type OrderMailRow } from './mail-store.ts';
import { mostMailTries } from './mail-attempts.ts';
import { mayConfirm } from './may-confirm.ts';
import { orderMailQueue } from './queue.ts';

/**
 * Writes mails and their jobs in the transaction of what they tell of: what is rolled back is told to nobody. Text is made
 * when a mail is sent. Where no SMTP server is configured nothing is written, and receipts say so.
 */
export const createOrderMails = ({
  jobs,
  mailer,
  clock,
}: Pick<DropsDeps, 'jobs' | 'clock'> & { mailer: Pick<Mailer, 'from'> }): OrderMails => {
  const write = async (
    trx: Database,
    { teamId, id: orderId }: OrderRow,
    mail: { kind: OrderMailKind; recipient: string; aboutState?: OrderState },
  ): Promise<void> => {
    const row = { teamId, orderId, aboutState: null, createdAt: clock.now(), ...mail };
    const mailId = await insertOrderMail(trx, row);
    await jobs.enqueue(trx, orderMailQueue, { teamId, orderId, mailId, attempt: 0 });
  };
  /** The customer's address, where one was left and a mail can be sent. */
  const customerOf = ({ customerEmail }: OrderRow): string | null =>
    mailer.from === null ? null : customerEmail;

  return {
    orderReceived: async (trx, { order, drop }) => {
      if (mailer.from === null) return { mailed: false };
      const now = clock.now();
      const address = customerOf(order);
      const recipient = address !== null && (await mayConfirm(trx, drop, address, now)) ? address : null;
      if (recipient !== null) await write(trx, order, { kind: 'received', recipient });
      for (const desk of new Set(drop.notifyEmails))
        await write(trx, order, { kind: 'notice', recipient: desk });
      return { mailed: recipient !== null };
    },
    stateChanged: async (trx, { order, state }) => {
      const recipient = customerOf(order);
      if (recipient !== null) await write(trx, order, { kind: 'stateChanged', recipient, aboutState: state });
    },
    filesGoSoon: async (trx, order) => {
      const recipient = customerOf(order);
      if (recipient !== null) await write(trx, order, { kind: 'filesGoSoon', recipient });
    },
    retry: async (trx, at) => {
      const mail = await lockOrderMail(trx, at);
      if (mail === null) throw new AppError('notFound', 'There is no such mail of this order.');
      if (mail.state === 'sent') throw new AppError('conflict', 'This mail was sent already.');
      if (mail.state === 'pending')
        throw new AppError('conflict', 'This mail is on its way: it is tried again by itself.');
      if (mailer.from === null)
        throw new AppError('conflict', 'No mail server is configured: an operator sets WINDLASS_SMTP_URL.');
      if (mail.attempts >= mostMailTries)
        throw new AppError('conflict', `This mail was tried ${mail.attempts} times: it is not tried again.`);
      const order = await findOrder(trx, at);
      const stale = order === null ? null : staleness(mail, order, clock.now());
      if (stale !== null) throw new AppError('conflict', stale);
      const { attempts } = mail;
      await changeOrderMail(trx, at, { state: 'pending', attempts, trouble: null });
      await jobs.enqueue(trx, orderMailQueue, { ...at, attempt: attempts });
    },
  };
};

/** Why a mail would tell a customer what is not so any more; null: it still is. */
const staleness = (
  { kind, aboutState }: OrderMailRow,
  { state, filesUntil, filesDeletedAt }: OrderRow,
  now: Date,
): string | null => {
  if (aboutState !== null && aboutState !== state)
    return 'The order has another state now than this mail tells of: move it on and tell its customer.';
  const isOver = filesDeletedAt !== null || filesUntil === null || filesUntil <= now;
  return kind === 'filesGoSoon' && isOver ? 'The files that this mail tells of are gone.' : null;
};
