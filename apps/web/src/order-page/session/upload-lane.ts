import type { Uploader, UploadItem, UploadItemState, UploadSnapshot, UploadSource } from '@windlass/transfer';
import type { OrderFile, OrderFileState } from '../files/order-file.ts';
import type { TransferFacts } from './session-state.ts';

/** What the engine's states are to a customer; a cancelled one is no longer on the page. */
const stateOf: Readonly<Record<UploadItemState, OrderFileState | null>> = {
  waiting: 'waiting',
  preparing: 'waiting',
  sending: 'sending',
  completing: 'sending',
  paused: 'waiting',
  done: 'received',
  failed: 'failed',
  cancelled: null,
};

export type FileProgress = Pick<OrderFile, 'state' | 'bytesSent' | 'error' | 'transferId'>;

/** The uploads of one order, by the ids that the page gives its files. */
export interface UploadLane {
  /** @param remembered name and time that the file had at first: chosen again it may have others, and is to be resumed */
  send(id: string, source: UploadSource, remembered: { name: string; lastModified: number }): void;
  retry(ids: Iterable<string>): void;
  /** Stops while it can still be taken back. */
  hold(ids: Iterable<string>): void;
  release(ids: Iterable<string>): void;
  /** For good. */
  cancel(ids: Iterable<string>): void;
  close(): void;
}

const progressOf = (item: UploadItem): FileProgress | null => {
  const state = stateOf[item.state];
  if (state === null) return null;
  return {
    state,
    bytesSent: state === 'received' ? item.size : item.bytesSent,
    error: item.error,
    transferId: item.transferId,
  };
};

/**
 * @param onProgress only of files that have moved since the last time
 */
export const createUploadLane = (
  uploader: Uploader,
  on: {
    progress(changed: ReadonlyMap<string, FileProgress>): void;
    transfer(facts: TransferFacts): void;
  },
): UploadLane => {
  const itemOf = new Map<string, string>();
  const fileOf = new Map<string, string>();
  const seen = new Map<string, UploadItem>();

  const read = ({ items, bytesPerSecond, secondsLeft, offline }: UploadSnapshot) => {
    const changed = new Map<string, FileProgress>();
    for (const item of items) {
      if (seen.get(item.id) === item) continue;
      seen.set(item.id, item);
      const file = fileOf.get(item.id);
      const progress = progressOf(item);
      if (file !== undefined && progress !== null) changed.set(file, progress);
    }
    if (changed.size > 0) on.progress(changed);
    on.transfer({ bytesPerSecond, secondsLeft, offline });
  };
  const stop = uploader.on('change', read);

  const each = (ids: Iterable<string>, act: (itemId: string, id: string) => void) => {
    for (const id of ids) {
      const itemId = itemOf.get(id);
      if (itemId !== undefined) act(itemId, id);
    }
  };
  return {
    send: (id, source, { name, lastModified }) => {
      const [item] = uploader.add([{ ...source, name, lastModified }]);
      if (item === undefined) return;
      itemOf.set(id, item.id);
      fileOf.set(item.id, id);
    },
    retry: (ids) => each(ids, (itemId) => uploader.retry(itemId)),
    hold: (ids) => each(ids, (itemId) => uploader.pause(itemId)),
    release: (ids) => each(ids, (itemId) => uploader.resume(itemId)),
    cancel: (ids) =>
      each(ids, (itemId, id) => {
        itemOf.delete(id);
        fileOf.delete(itemId);
        seen.delete(itemId);
        void uploader.cancel(itemId).then(() => uploader.remove(itemId));
      }),
    close: () => {
      stop();
      uploader.close();
    },
  };
};
