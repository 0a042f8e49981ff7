import type { StartedOrder } from '../api/order-api.ts';
import { changeFiles, type OrderFile } from '../files/order-file.ts';
import type { SessionCore } from './session-deps.ts';
import { restingTransfer } from './session-state.ts';
import { createUploadLane, type FileProgress, type UploadLane } from './upload-lane.ts';

/** The lane of the order that is under way; before there is one, files wait. */
export interface LaneHolder {
  open(order: StartedOrder): void;
  /** Sends those that wait and whose bytes are here. */
  send(ids: Iterable<string>): void;
  /** Puts a file that was taken off the page back to where its upload stands. */
  caughtUp(file: OrderFile): OrderFile;
  readonly lane: UploadLane | null;
  close(): void;
}

export const createLaneHolder = (core: SessionCore): LaneHolder => {
  const { store, bytes, shelf, twins } = core;
  let lane: UploadLane | null = null;
  let latest = new Map<string, FileProgress>();

  const progress = (changed: ReadonlyMap<string, FileProgress>) => {
    for (const [id, facts] of changed) {
      const before = latest.get(id)?.transferId ?? null;
      // Begun anew, what the transfer before may yet have brought into the bucket is not another file.
      if (before !== null && before !== facts.transferId) twins.add(before);
      latest.set(id, facts);
      // What has arrived need not be kept for a reload.
      if (facts.state === 'received') void shelf.drop(id);
    }
    const files = changeFiles(store.get().files, changed.keys(), (file) => ({
      ...file,
      ...changed.get(file.id),
    }));
    store.patch({ files });
  };
  const send = (ids: Iterable<string>) => {
    if (lane === null) return;
    const { files } = store.get();
    for (const id of ids) {
      const file = files.get(id);
      const own = bytes.get(id);
      if (file?.state === 'waiting' && own !== undefined) lane.send(id, own, file);
    }
  };
  const close = () => {
    lane?.close();
    lane = null;
    latest = new Map();
    store.patch({ transfer: restingTransfer });
  };
  return {
    open: (order) => {
      close();
      lane = createUploadLane(core.openUploader(order), {
        progress,
        transfer: (transfer) => store.patch({ transfer }),
      });
      send(store.get().files.keys());
    },
    send,
    caughtUp: (file) => ({ ...file, ...latest.get(file.id) }),
    get lane() {
      return lane;
    },
    close,
  };
};
