import { createStore, del, entries, get, keys, set, type UseStore } from 'idb-keyval';
import { orElse } from '../../lib/or-else.ts';

/** Bytes of files that wait for their upload, kept by the browser so that a reload or a crash loses none. */
export interface FileShelf {
  /** @returns whether it is kept: there is a bound, and the browser may refuse */
  keep(id: string, body: Blob): Promise<boolean>;
  /** Everything that an earlier page has kept. */
  all(): Promise<ReadonlyMap<string, Blob>>;
  drop(id: string): Promise<void>;
  clear(): Promise<void>;
}

const MB = 1_000_000;
/** A phone's storage is not ours to fill; what is beyond this is chosen again after a reload. */
const mostBytes = 200 * MB;
/** Copying a large file takes longer than sending a good part of it. */
const largestFile = 50 * MB;

/** The room that the browser is likely to give without asking anybody: a fifth of what it says is free. */
const roomOf = async (): Promise<number> => {
  const estimate = await navigator.storage?.estimate?.();
  if (estimate?.quota === undefined) return mostBytes;
  return Math.min(mostBytes, (estimate.quota - (estimate.usage ?? 0)) / 5);
};

/**
 * A shelf in IndexedDB for one order page. Where the browser has none, nothing is kept and nothing fails.
 *
 * @param page names the page that the files are of, so that two labs' pages keep apart
 */
export const createFileShelf = (page: string): FileShelf => {
  const prefix = `${page}/`;
  const sizes = new Map<string, number>();
  let store: UseStore | null = null;
  const open = (): UseStore => (store ??= createStore('windlass-order-files', 'files'));
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let room: Promise<number> | null = null;
  const drop = async (id: string): Promise<void> => {
    if (!sizes.delete(id)) return;
    await del(prefix + id, open());
  };
  return {
    keep: (id, body) =>
      orElse(async () => {
        if (body.size > largestFile || total() + body.size > (await (room ??= roomOf()))) return false;
        sizes.set(id, body.size);
        try {
          await set(prefix + id, body, open());
          return true;
        } catch (error) {
          sizes.delete(id);
          throw error;
        }
      }, false),
    all: () =>
      orElse(async () => {
        const found = new Map<string, Blob>();
        for (const [key, value] of await entries<string, unknown>(open())) {
          if (!key.startsWith(prefix) || !(value instanceof Blob)) continue;
          found.set(key.slice(prefix.length), value);
          sizes.set(key.slice(prefix.length), value.size);
        }
        return found;
      }, new Map<string, Blob>()),
    drop: (id) => orElse(() => drop(id), undefined),
    clear: () =>
      orElse(async () => {
        await Promise.all([...sizes.keys()].map(drop));
      }, undefined),
  };
};

/** Small pictures of files, kept likewise: a reload shows them although the files themselves have long been sent. */
export const createPreviewShelf = (page: string) => {
  const prefix = `${page}/`;
  let store: UseStore | null = null;
  const open = (): UseStore => (store ??= createStore('windlass-order-previews', 'previews'));
  return {
    get: (id: string) =>
      orElse(async () => {
        const found: unknown = await get(prefix + id, open());
        return found instanceof Blob ? found : null;
      }, null),
    keep: (id: string, preview: Blob) => orElse(() => set(prefix + id, preview, open()), undefined),
    clear: () =>
      orElse(async () => {
        for (const key of await keys<string>(open())) if (key.startsWith(prefix)) await del(key, open());
      }, undefined),
  };
};
export type PreviewShelf = ReturnType<typeof createPreviewShelf>;
