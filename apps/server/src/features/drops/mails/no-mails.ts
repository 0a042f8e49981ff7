import type { OrderMails } from '../ports.ts';

/** Where no mail server is configured: nobody is written to, and receipts say so. */
export const noMails: OrderMails = {
  orderReceived: async () => ({ mailed: false }),
};
