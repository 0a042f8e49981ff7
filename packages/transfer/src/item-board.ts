import { moveItem, type ItemEvent } from './item-moves.ts';
import type { RateMeter } from './rate-meter.ts';
import {
  uploadItemStates,
  type UploadItem,
  type UploadItemState,
  type UploadSnapshot,
} from './upload-item.ts';

const changeEveryMs = 100;

/** What an uploader knows of its files, for those who look: counters that are kept, and events that do not come too often. */
export interface ItemBoard {
  add(item: UploadItem): void;
  get(id: string): UploadItem | undefined;
  allOver(): boolean;
  remove(id: string): void;
  /** @returns whether the event meant anything */
  move(id: string, event: ItemEvent, change?: Partial<UploadItem>): boolean;
  /** What is no new state. */
  change(id: string, change: Partial<UploadItem>): void;
  snapshot(): UploadSnapshot;
  onChange(listener: (snapshot: UploadSnapshot) => void): () => void;
  onItem(listener: (item: UploadItem) => void): () => void;
  /** Something that no item tells has changed, e.g. that the network is gone. */
  touch(): void;
}

const countsInTotal = (state: UploadItemState): boolean => state !== 'failed' && state !== 'cancelled';

/** A listener's own error is its own: it is reported as any uncaught one, and no file fails for it. */
const tell = <Told>(listeners: ReadonlySet<(told: Told) => void>, told: Told): void => {
  for (const listener of listeners) {
    try {
      listener(told);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
};

export const createItemBoard = (meter: RateMeter, isOnline: () => boolean): ItemBoard => {
  const items = new Map<string, UploadItem>();
  // One key for each state, so that the record is whole.
  const counts = Object.fromEntries(uploadItemStates.map((state) => [state, 0])) as Record<
    UploadItemState,
    number
  >;
  const changeListeners = new Set<(snapshot: UploadSnapshot) => void>();
  const itemListeners = new Set<(item: UploadItem) => void>();
  let bytesSent = 0;
  let bytesTotal = 0;
  let list: readonly UploadItem[] | null = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  const count = ({ state, size, bytesSent: sent }: UploadItem, sign: 1 | -1): void => {
    counts[state] += sign;
    if (!countsInTotal(state)) return;
    bytesTotal += sign * size;
    bytesSent += sign * sent;
  };

  const snapshot = (): UploadSnapshot => {
    list ??= [...items.values()];
    const bytesPerSecond = meter.bytesPerSecond(performance.now());
    return {
      items: list,
      counts: { ...counts },
      bytesSent,
      bytesTotal,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (bytesTotal - bytesSent) / bytesPerSecond : null,
      offline: !isOnline(),
    };
  };

  const touch = (): void => {
    if (changeListeners.size === 0) return;
    timer ??= setTimeout(() => {
      timer = null;
      tell(changeListeners, snapshot());
    }, changeEveryMs);
  };

  const put = (item: UploadItem): void => {
    const before = items.get(item.id);
    if (before !== undefined) count(before, -1);
    items.set(item.id, item);
    count(item, 1);
    list = null;
    touch();
  };

  return {
    add: put,
    get: (id) => items.get(id),
    allOver: () => counts.done + counts.failed + counts.cancelled === items.size,
    remove(id) {
      const item = items.get(id);
      if (item === undefined) return;
      count(item, -1);
      items.delete(id);
      list = null;
      touch();
    },
    move(id, event, change = {}) {
      const item = items.get(id);
      const state = item === undefined ? null : moveItem(item.state, event);
      if (item === undefined || state === null) return false;
      const moved = { ...item, error: null, ...change, state };
      put(moved);
      tell(itemListeners, moved);
      return true;
    },
    change(id, change) {
      const item = items.get(id);
      if (item !== undefined) put({ ...item, ...change });
    },
    snapshot,
    onChange(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    onItem(listener) {
      itemListeners.add(listener);
      return () => void itemListeners.delete(listener);
    },
    touch,
  };
};
