import type { PreviewShelf } from '../draft/file-shelf.ts';
import { createStore, type Store } from '../store.ts';
import { makePreview } from './make-preview.ts';

/** An object URL, or that there is none to be had. */
export type Preview = { kind: 'shown'; url: string } | { kind: 'none' };

/** Small pictures of the files, made two at a time, in the order in which they are asked for. */
export interface Previews {
  readonly store: Store<ReadonlyMap<string, Preview>>;
  /** Asks for one; `bytes` gives the file where it is at hand. */
  want(id: string, bytes: Blob | undefined): void;
  /** Lets go of some, for good. */
  drop(ids: Iterable<string>): void;
  clear(): void;
}

/** A decoded photo of 48 MP is 190 MB: two of them at once is what a phone bears. */
const atOnce = 2;

export const createPreviews = (shelf: PreviewShelf): Previews => {
  const store = createStore<ReadonlyMap<string, Preview>>(new Map());
  const wanted = new Map<string, Blob | undefined>();
  const asked = new Set<string>();
  let running = 0;

  const show = (id: string, preview: Preview) => {
    if (!asked.has(id)) {
      if (preview.kind === 'shown') URL.revokeObjectURL(preview.url);
      return;
    }
    store.set(new Map([...store.get(), [id, preview]]));
  };

  const make = async (id: string, file: Blob | undefined): Promise<Preview> => {
    const kept = await shelf.get(id);
    if (kept !== null) return { kind: 'shown', url: URL.createObjectURL(kept) };
    if (file === undefined || /^(video|audio)\//.test(file.type)) return { kind: 'none' };
    try {
      const small = await makePreview(file);
      void shelf.keep(id, small);
      return { kind: 'shown', url: URL.createObjectURL(small) };
    } catch {
      // Not a picture, or none that this browser can read: the tile says which kind of file it is.
      return { kind: 'none' };
    }
  };

  const work = async (id: string, file: Blob | undefined): Promise<void> => {
    running += 1;
    const preview = await make(id, file);
    running -= 1;
    show(id, preview);
    next();
  };
  const next = () => {
    const [first] = wanted;
    if (first === undefined || running >= atOnce) return;
    const [id, file] = first;
    wanted.delete(id);
    void work(id, file);
    next();
  };

  const drop = (ids: Iterable<string>) => {
    const left = new Map(store.get());
    for (const id of ids) {
      asked.delete(id);
      wanted.delete(id);
      const preview = left.get(id);
      if (preview?.kind === 'shown') URL.revokeObjectURL(preview.url);
      left.delete(id);
    }
    store.set(left);
  };

  return {
    store,
    want: (id, bytes) => {
      if (asked.has(id)) return;
      asked.add(id);
      wanted.set(id, bytes);
      next();
    },
    drop,
    clear: () => {
      drop([...asked]);
      void shelf.clear();
    },
  };
};
