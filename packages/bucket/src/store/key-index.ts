import { createRequire } from 'node:module';
import type sortedBtreeModule from 'sorted-btree';
import type { ChecksumAlgorithm, ChecksumType, ListInput, ListResult, ListedObject } from '../store.ts';
import { compareKeys, successorOfPrefix } from './key-order.ts';

// A CommonJS module with a default export: Node and the test runner import its default differently, but require it alike.
const sortedBtree = createRequire(import.meta.url)('sorted-btree') as typeof sortedBtreeModule;

/** What is kept in memory of each object: all that a list, a condition or an overwrite needs, so that none reads a file. */
export interface IndexEntry {
  version: string;
  size: number;
  etag: string;
  /** Milliseconds since 1970. */
  lastModified: number;
  ownerId: string;
  checksumType: ChecksumType;
  checksumAlgorithms: readonly ChecksumAlgorithm[];
  /** Names of the blob files that hold the bytes; empty when they are in the record itself. */
  blobs: readonly string[];
}

export interface KeyIndex {
  readonly size: number;
  get(key: string): IndexEntry | undefined;
  set(key: string, entry: IndexEntry): void;
  delete(key: string): void;
  list(input: ListInput): ListResult;
  entries(): IterableIterator<[string, IndexEntry]>;
}

const listed = (key: string, entry: IndexEntry): ListedObject => ({
  key,
  size: entry.size,
  etag: entry.etag,
  lastModified: new Date(entry.lastModified),
  ownerId: entry.ownerId,
  checksumType: entry.checksumType,
  checksumAlgorithms: entry.checksumAlgorithms,
});

/** The keys of one bucket in UTF-8 byte order. */
export const createKeyIndex = (): KeyIndex => {
  const tree = new sortedBtree.default<string, IndexEntry>(undefined, compareKeys);

  /** Walks keys from `from` on; a delimiter turns what it rolls up into one seek, however many keys lie below. */
  const list = ({ prefix, delimiter, startAfter, maxKeys }: ListInput): ListResult => {
    const result: ListResult = { objects: [], commonPrefixes: [], truncated: false, next: undefined };
    if (maxKeys <= 0) return result;
    let room = maxKeys;
    let from: string | undefined = compareKeys(startAfter, prefix) > 0 ? startAfter : prefix;
    while (from !== undefined) {
      const walk: string = from;
      from = undefined;
      for (const [key, entry] of tree.entries(walk)) {
        if (!key.startsWith(prefix)) break;
        if (startAfter !== '' && key === startAfter) continue;
        const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
        const commonPrefix = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
        if (commonPrefix !== undefined && startAfter !== '' && compareKeys(commonPrefix, startAfter) <= 0) {
          from = successorOfPrefix(commonPrefix);
          break;
        }
        if (room === 0) {
          result.truncated = true;
          return result;
        }
        room -= 1;
        if (commonPrefix === undefined) {
          result.objects.push(listed(key, entry));
          result.next = key;
        } else {
          result.commonPrefixes.push(commonPrefix);
          result.next = commonPrefix;
          from = successorOfPrefix(commonPrefix);
          break;
        }
      }
    }
    if (!result.truncated) result.next = undefined;
    return result;
  };

  return {
    get size() {
      return tree.size;
    },
    get: (key) => tree.get(key),
    set: (key, entry) => {
      tree.set(key, entry);
    },
    delete: (key) => {
      tree.delete(key);
    },
    list,
    entries: () => tree.entries(),
  };
};
