/** What lies in a folder, in order of use, bounded by bytes. */
export interface FileLedger<Entry> {
  /** Marks it as used. */
  get(id: string): Entry | undefined;
  /** Without marking it. */
  peek(id: string): Entry | undefined;
  /** Adds it, or says anew how large it is, and evicts what has been unused for longest. */
  set(id: string, entry: Entry, bytes: number): void;
  /** Adds what an earlier process left behind: it goes before anything that this one has used. */
  setOld(id: string, entry: Entry, bytes: number): void;
  delete(id: string): void;
  /** Evicts down to `targetBytes`, by default to the bound. */
  trim(targetBytes?: number): void;
  readonly bytes: number;
  readonly size: number;
  readonly evictions: number;
}

export interface FileLedgerOptions<Entry> {
  maxBytes: number;
  /** False: it stays, even above the bound. Asked at each eviction. */
  mayEvict?: (entry: Entry) => boolean;
  /** Has left the ledger: the file is to be removed. Not called by `delete` and `set`. */
  onEvict(entry: Entry): void;
}

interface Line<Entry> {
  entry: Entry;
  bytes: number;
}

/**
 * A least-recently-used index that knows two ages. A scan of the folder ends long after the first files were written
 * by this process, and what it finds must not count as used later than those.
 */
export const createFileLedger = <Entry>({
  maxBytes,
  mayEvict = () => true,
  onEvict,
}: FileLedgerOptions<Entry>): FileLedger<Entry> => {
  // Maps keep the order of insertion: the first line is the one unused for longest.
  const old = new Map<string, Line<Entry>>();
  const used = new Map<string, Line<Entry>>();
  let bytes = 0;
  let evictions = 0;

  const remove = (id: string): Line<Entry> | undefined => {
    const line = used.get(id) ?? old.get(id);
    if (line === undefined) return undefined;
    used.delete(id);
    old.delete(id);
    bytes -= line.bytes;
    return line;
  };

  const insert = (age: Map<string, Line<Entry>>, id: string, line: Line<Entry>): void => {
    age.set(id, line);
    bytes += line.bytes;
  };

  const trim = (targetBytes = maxBytes): void => {
    for (const age of [old, used]) {
      for (const [id, { entry }] of age) {
        if (bytes <= targetBytes) return;
        if (!mayEvict(entry)) continue;
        remove(id);
        evictions += 1;
        onEvict(entry);
      }
    }
  };

  return {
    get: (id) => {
      const line = remove(id);
      if (line !== undefined) insert(used, id, line);
      return line?.entry;
    },
    peek: (id) => (used.get(id) ?? old.get(id))?.entry,
    set: (id, entry, entryBytes) => {
      remove(id);
      insert(used, id, { entry, bytes: entryBytes });
      trim();
    },
    setOld: (id, entry, entryBytes) => {
      remove(id);
      insert(old, id, { entry, bytes: entryBytes });
      trim();
    },
    delete: (id) => void remove(id),
    trim,
    get bytes() {
      return bytes;
    },
    get size() {
      return old.size + used.size;
    },
    get evictions() {
      return evictions;
    },
  };
};
