import { z } from 'zod';
import { MailRefused, type Mailer } from '../../../platform/mail/index.ts';
import type { DropsDeps } from '../deps.ts';
import { defaultStateLabels } from '../order-states.ts';
import type { StatusLink } from '../page-keys.ts';
import { openOrder } from '../pages/open-order.ts';
import { findOrder, listOrderFiles, stateLabelsOf } from '../pages/order-store.ts';
import type { OrderRow } from '../ports.ts';
import { composeOrderMail, orderMailKinds } from './compose-order-mail.ts';
import { afterMailAttempt, type MailResult } from './mail-attempts.ts';
import { changeOrderMail, findOrderMail, lockOrderMail, type OrderMailRow } from './mail-store.ts';
import { orderMailQueue, type OrderMailJob } from './queue.ts';

const sendMilliseconds = 60_000;
const kindSchema = z.enum(orderMailKinds);

type SendDeps = Pick<DropsDeps, 'db' | 'jobs' | 'clock' | 'log' | 'publicUrl'> & {
  mailer: Mailer;
  statusLink: StatusLink;
};

/** Carries out jobs of `orderMailQueue`: one mail handed to the SMTP server, and what follows from it. */
export const createSendOrderMail = (
  deps: SendDeps,
): ((job: OrderMailJob, signal: AbortSignal) => Promise<void>) => {
  const { db, jobs, clock, log } = deps;
  return async (job, signal) => {
    const mail = await findOrderMail(db, job);
    const order = await findOrder(db, job);
    if (mail === null || order === null || !isDue(mail, job)) return;
    const result = await attempt(deps, mail, order, signal);
    await db.transaction().execute(async (trx) => {
      const before = await lockOrderMail(trx, job);
      // Meanwhile its order was deleted, or a worker that was thought dead has sent it.
      if (before === null || !isDue(before, job)) return;
      const now = clock.now();
      const { nextAttemptAt, ...change } = afterMailAttempt(before.attempts, result, now);
      await changeOrderMail(trx, job, { ...change, ...(change.state === 'sent' ? { sentAt: now } : {}) });
      if (nextAttemptAt !== null) {
        const next = { ...job, attempt: change.attempts };
        await jobs.enqueue(trx, orderMailQueue, next, { startAfter: nextAttemptAt });
      }
      if (result.kind === 'sent') return;
      const { teamId, orderId, mailId } = job;
      const facts = { teamId, orderId, mailId, kind: mail.kind, trouble: result.trouble };
      log.warn(facts, change.state === 'failed' ? 'Mail of an order given up' : 'Mail of an order not sent');
    });
  };
};

const isDue = ({ state, attempts }: OrderMailRow, { attempt: due }: OrderMailJob): boolean =>
  state === 'pending' && attempts === due;

const attempt = async (
  { db, mailer, statusLink, publicUrl }: SendDeps,
  mail: OrderMailRow,
  order: OrderRow,
  signal: AbortSignal,
): Promise<MailResult> => {
  const opened = await openOrder(db, order);
  const at = { teamId: order.teamId, orderId: order.id };
  const state = mail.aboutState ?? order.state;
  const labels = await stateLabelsOf(db, order.teamId);
  const kind = kindSchema.parse(mail.kind);
  const composed = composeOrderMail(kind, {
    ...opened,
    files: await listOrderFiles(db, at),
    statusUrl: statusLink(opened.drop, order.id).url,
    deskUrl: `${publicUrl()}/orders/${order.id}`,
    stateLabel: labels[state] ?? defaultStateLabels[state],
  });
  const message = {
    ...composed,
    to: mail.recipient,
    // The lab answers its customer; whoever answers a mail to a customer writes to the operator's address.
    ...(kind === 'notice' && order.customerEmail !== null ? { replyTo: order.customerEmail } : {}),
    messageId: `${order.id}.${mail.id}@${new URL(publicUrl()).hostname}`,
  };
  try {
    await mailer.send(message, { signal: AbortSignal.any([signal, AbortSignal.timeout(sendMilliseconds)]) });
    return { kind: 'sent' };
  } catch (error) {
    // The process is stopping: that is not the server's fault, and the job comes again.
    if (signal.aborted) throw error;
    const trouble = error instanceof Error ? error.message : 'The mail could not be sent.';
    return { kind: error instanceof MailRefused ? 'refused' : 'failed', trouble };
  }
};
