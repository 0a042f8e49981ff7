import type { UploadJournal } from '@windlass/transfer';
import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval';
import { orElse } from './or-else.ts';

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
  return {
    find: (fingerprint) =>
      orElse(async () => {
        const found: unknown = await get(keyOf(fingerprint), open());
        return isEntry(found) ? found.transferId : null;
      }, null),
    keep: (fingerprint, transferId) =>
      orElse(
        () => set(keyOf(fingerprint), { transferId, at: Date.now() } satisfies Entry, open()),
        undefined,
      ),
    forget: (fingerprint) => orElse(() => del(keyOf(fingerprint), open()), undefined),
  };
};

/** Takes out what no grant can want any more; for the start of a page, when nothing else is to be done. */
export const sweepUploadJournal = async (now: number): Promise<void> => {
  await orElse(async () => {
    const store = createStore('windlass-uploads', 'journal');
    for (const [key, value] of await entries<string, unknown>(store)) {
      if (!isEntry(value) || now - value.at > forgottenAfterMilliseconds) await del(key, store);
    }
  }, undefined);
};
