import { createBatcher, type UploadJournal } from '@windlass/transfer';
import { createStore, del, entries, promisifyRequest, type UseStore } from 'idb-keyval';
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

const openStore = (): UseStore => createStore('windlass-uploads', 'journal');

/** An entry to write, or to take out where it is null. */
interface Change {
  key: string;
  entry: Entry | null;
}

const mostPerTransaction = 1000;

/**
 * Remembers in IndexedDB which upload a file has, so that a reload goes on where it was. Where the browser keeps nothing,
 * the journal forgets and files start again.
 *
 * It is read once, and what the files of one call change is written in one transaction: with one for each look and each
 * change, a page with thousands of small files spends a quarter of its time here.
 *
 * @param grant sets one grant's uploads apart from another's
 * @example createUploader({ api, send, journal: createUploadJournal(order.number) })
 */
export const createUploadJournal = (grant: string): UploadJournal => {
  let store: UseStore | null = null;
  const open = (): UseStore => (store ??= openStore());
  const keyOf = (fingerprint: string) => `${grant}\n${fingerprint}`;

  const read = (): Promise<Map<string, string>> =>
    orElse(async () => {
      const ofGrant = IDBKeyRange.bound(keyOf(''), keyOf('\uffff'));
      const [keys, values] = await open()('readonly', (objects) =>
        Promise.all([
          promisifyRequest(objects.getAllKeys(ofGrant)),
          promisifyRequest<unknown[]>(objects.getAll(ofGrant)),
        ]),
      );
      const found = new Map<string, string>();
      for (const [at, key] of keys.entries()) {
        const value = values[at];
        if (typeof key === 'string' && isEntry(value)) found.set(key, value.transferId);
      }
      return found;
    }, new Map());
  let reading: Promise<Map<string, string>> | null = null;
  const known = (): Promise<Map<string, string>> => (reading ??= read());

  const write = createBatcher(
    { most: mostPerTransaction, lingerMs: () => 0 },
    async (changes: readonly Change[]) => {
      await orElse(
        () =>
          open()('readwrite', (objects) => {
            for (const { key, entry } of changes) {
              if (entry === null) objects.delete(key);
              else objects.put(entry, key);
            }
            return promisifyRequest(objects.transaction);
          }),
        undefined,
      );
      return changes;
    },
  );

  return {
    find: async (fingerprint) => (await known()).get(keyOf(fingerprint)) ?? null,
    keep: async (fingerprint, transferId) => {
      const key = keyOf(fingerprint);
      (await known()).set(key, transferId);
      await write({ key, entry: { transferId, at: Date.now() } });
    },
    forget: async (fingerprint) => {
      const key = keyOf(fingerprint);
      (await known()).delete(key);
      await write({ key, entry: null });
    },
  };
};

/** Takes out what no grant can want any more; for the start of a page, when nothing else is to be done. */
export const sweepUploadJournal = async (now: number): Promise<void> => {
  await orElse(async () => {
    const store = openStore();
    for (const [key, value] of await entries<string, unknown>(store)) {
      if (!isEntry(value) || now - value.at > forgottenAfterMilliseconds) await del(key, store);
    }
  }, undefined);
};
