import {
  browserOnlineSignal,
  createUploadApi,
  createUploader,
  createXhrSender,
  sourceOfFile,
  type UploadItem,
  type UploadSnapshot,
} from '@windlass/transfer';
import { createUploadJournal } from '../../../apps/web/src/lib/upload-journal.ts';

/** What a test sees of an upload on the page. */
export type SeenItem = Pick<UploadItem, 'name' | 'state' | 'error' | 'transferId'>;

let ended: Promise<UploadSnapshot> | null = null;

/**
 * Uploads what is chosen in the page's one input, as a page of an application does: with a journal in IndexedDB.
 *
 * @param origin of Windlass
 */
export const start = (origin: string, token: string, stallSeconds = 30): void => {
  const input = document.querySelector('input');
  const uploader = createUploader({
    api: createUploadApi({ origin, token }),
    send: createXhrSender(),
    online: browserOnlineSignal(),
    journal: createUploadJournal(token),
    stallSeconds,
  });
  uploader.add(Array.from(input?.files ?? [], (file) => sourceOfFile(file)));
  ended = uploader.done();
};

/** What became of each file, once it has. */
export const end = async (): Promise<SeenItem[]> => {
  if (ended === null) throw new Error('Nothing was started.');
  const { items } = await ended;
  return items.map(({ name, state, error, transferId }) => ({ name, state, error, transferId }));
};
