import type { OrderDraft } from '@windlass/contract';
import type { StartedOrder } from '../api/order-api.ts';
import { receiptKey, type SessionCore } from './session-deps.ts';

/** Shows the receipt of an order that was sent, by another tab or with an answer that was lost: sent again, the same is answered. */
export const showReceipt = async (
  { api, receipts, store }: Pick<SessionCore, 'api' | 'receipts' | 'store'>,
  { orderToken }: StartedOrder,
  { customer }: OrderDraft,
): Promise<void> => {
  const receipt = await api.submit(orderToken, {
    customer: { name: customer.name ?? '' },
    answers: {},
    files: [],
  });
  receipts.write(receiptKey(store.get().page.name), JSON.stringify(receipt));
  store.patch({ receipt });
};
