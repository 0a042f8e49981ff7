import type { OrderPage } from '@windlass/contract';
import { browserOnlineSignal, createUploadApi, createUploader, createXhrSender } from '@windlass/transfer';
import { createUploadJournal, sweepUploadJournal } from '../../lib/upload-journal.ts';
import type { OrderApi } from '../api/order-api.ts';
import { createFileShelf, createPreviewShelf } from '../draft/file-shelf.ts';
import { createPageStorage } from '../draft/page-storage.ts';
import { createPreviews } from '../files/previews.ts';
import { solveChallenge } from '../start/solve-challenge.ts';
import { createOrderSession, type OrderSession } from './order-session.ts';

/** An order in this browser: its storage, its network, its workers. */
export const openSession = (page: OrderPage, api: OrderApi): OrderSession => {
  void sweepUploadJournal(Date.now());
  return createOrderSession(page, {
    api,
    storage: createPageStorage(() => localStorage),
    receipts: createPageStorage(() => sessionStorage),
    shelf: createFileShelf(page.name),
    previews: createPreviews(createPreviewShelf(page.name)),
    solve: solveChallenge,
    openUploader: ({ number, uploadToken }) =>
      createUploader({
        api: createUploadApi({ origin: location.origin, token: uploadToken }),
        send: createXhrSender(),
        journal: createUploadJournal(number),
        // A photo that was removed from the order and is chosen again is another file of it.
        received: 'send',
        online: browserOnlineSignal(),
      }),
  });
};
