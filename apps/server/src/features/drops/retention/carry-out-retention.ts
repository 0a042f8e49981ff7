import type { Mailer } from '../../../platform/mail/index.ts';
import { AppError } from '../../../kernel/app-error.ts';
import type { DropsDeps } from '../deps.ts';
import { changeOrder } from '../pages/order-store.ts';
import type { OrderMails } from '../ports.ts';
import { createEndFiles } from './end-files.ts';
import { claimOver, claimUntold } from './retention-store.ts';

const day = 24 * 60 * 60 * 1000;
const ordersPerClaim = 20;
/** The job comes every hour; an order that failed comes with the next. */
const pauseMilliseconds = 55 * 60 * 1000;
/** Thousands of files of one order take some minutes. */
const orderMilliseconds = 10 * 60 * 1000;
/** Then the rest is for the next hour: the job's own time ends at half an hour. */
const roundMilliseconds = 15 * 60 * 1000;

const toldDaysBefore = 7;
/** Of files that are kept for a week anyway nobody is told a week before. */
const minDays = 14;
const mailsPerClaim = 100;

export interface CarryOutRetention {
  /** Ends the files of orders whose days are over. @returns how many orders were looked at */
  endFiles(signal: AbortSignal): Promise<number>;
  /** Tells customers whose files go within a week. @returns how many */
  tellCustomers(): Promise<number>;
}

export const createCarryOutRetention = (
  deps: Pick<DropsDeps, 'db' | 'connections' | 'transfers' | 'webhooks' | 'clock' | 'log'> & {
    mails: OrderMails;
    mailer: Pick<Mailer, 'from'>;
  },
): CarryOutRetention => {
  const { db, clock, log, mails, mailer } = deps;
  const endFiles = createEndFiles(deps);

  /** One bucket that is away keeps no other order's files. */
  const endOne = async (at: Parameters<typeof endFiles>[0], signal: AbortSignal): Promise<void> => {
    try {
      await endFiles(at, AbortSignal.any([signal, AbortSignal.timeout(orderMilliseconds)]));
    } catch (error) {
      signal.throwIfAborted();
      const retentionTrouble =
        error instanceof AppError ? error.message : 'The files could not be deleted; see the server’s log.';
      log.warn({ ...at, err: error }, 'Files of an order could not be deleted');
      await changeOrder(db, at, { retentionTrouble });
    }
  };

  return {
    endFiles: async (signal) => {
      const until = performance.now() + roundMilliseconds;
      let count = 0;
      while (performance.now() < until) {
        const claim = { now: clock.now(), pauseMilliseconds, limit: ordersPerClaim };
        const orders = await claimOver(db, claim);
        for (const { teamId, id } of orders) await endOne({ teamId, orderId: id }, signal);
        count += orders.length;
        if (orders.length < ordersPerClaim) break;
      }
      return count;
    },

    tellCustomers: async () => {
      if (mailer.from === null) return 0;
      let count = 0;
      for (;;) {
        const told = await db.transaction().execute(async (trx) => {
          const now = clock.now();
          const until = new Date(now.getTime() + toldDaysBefore * day);
          const orders = await claimUntold(trx, { now, until, minDays, limit: mailsPerClaim });
          for (const order of orders) await mails.filesGoSoon(trx, order);
          return orders.length;
        });
        count += told;
        if (told < mailsPerClaim) return count;
      }
    },
  };
};
