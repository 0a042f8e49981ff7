import type { UploadJournal } from '@windlass/transfer';
import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval';

interface Entry {
  transferId: string;
  /** Milliseconds since 1970. */
  at: number;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  'transferId' in value &&
  typeof value.transferId === 'string';

/** Older than any grant lives. */
const forgottenAfterMilliseconds = 31 * 86_400_000;

/**
 * Remembers in IndexedDB which upload a file has, so that a reload goes on where it was. Where the browser keeps nothing,
 * the journal forgets and files start again.
 *
 * @param grant sets one grant's uploads apart from another's
 * @example createUploader({ api, send, journal: createUploadJournal(order.number) })
 */
export const createUploadJournal = (grant: string): UploadJournal => {
  let store: UseStore | null = null;
  const open = (): UseStore => (store ??= createStore('windlass-uploads', 'journal'));
  const keyOf = (fingerprint: string) => `${grant}\n${fingerprint}`;
  const forgiving = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch {
      // A journal may forget at any time; a browser without IndexedDB always does.
      return otherwise;
    }
  };
  return {
    find: (fingerprint) =>
      forgiving(async () => {
        const found: unknown = await get(keyOf(fingerprint), open());
        return isEntry(found) ? found.transferId : null;
      }, null),
    keep: (fingerprint, transferId) =>
      forgiving(
        () => set(keyOf(fingerprint), { transferId, at: Date.now() } satisfies Entry, open()),
        undefined,
      ),
    forget: (fingerprint) => forgiving(() => del(keyOf(fingerprint), open()), undefined),
  };
};

/** Takes out what no grant can want any more; for the start of a page, when nothing else is to be done. */
export const sweepUploadJournal = async (now: number): Promise<void> => {
  try {
    const store = createStore('windlass-uploads', 'journal');
    for (const [key, value] of await entries<string, unknown>(store)) {
      if (!isEntry(value) || now - value.at > forgottenAfterMilliseconds) await del(key, store);
    }
  } catch {
    // As above: without IndexedDB there is nothing to sweep.
  }
};
