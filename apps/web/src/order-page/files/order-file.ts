import type { Answers } from '@windlass/contract';
import type { Refusal } from '@windlass/transfer';

/**
 * `waiting`: in line, also before the order has begun. `sending`: its bytes go. `received`: in the lab's bucket. `failed`
 * until tried again. `needed`: it was chosen before a reload, and the browser no longer has its bytes.
 */
export const orderFileStates = ['waiting', 'sending', 'received', 'failed', 'needed'] as const;
export type OrderFileState = (typeof orderFileStates)[number];

/** A file of the order, as the page knows it. Each change makes a new object. */
export interface OrderFile {
  /** Of this page; the server's is `transferId`. */
  readonly id: string;
  /** Name, or path with slashes where it came in a folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** What the browser takes it for; may be empty. */
  readonly type: string;
  readonly state: OrderFileState;
  readonly bytesSent: number;
  /** Null unless `failed`. */
  readonly error: Refusal | null;
  readonly transferId: string | null;
  readonly options: Answers;
}

/** In the order in which they were added. */
export type OrderFiles = ReadonlyMap<string, OrderFile>;

/** Two are taken for the same file when all of this is. */
export const fingerprintOf = ({
  name,
  size,
  lastModified,
}: Pick<OrderFile, 'name' | 'size' | 'lastModified'>): string =>
  `${name.normalize('NFC')}\n${size}\n${lastModified}`;

/** Replaces members of some files; those not there are left out. */
export const changeFiles = (
  files: OrderFiles,
  ids: Iterable<string>,
  change: (file: OrderFile) => OrderFile,
): OrderFiles => {
  let next: Map<string, OrderFile> | null = null;
  for (const id of ids) {
    const file = files.get(id);
    if (file === undefined) continue;
    const changed = change(file);
    if (changed === file) continue;
    next ??= new Map(files);
    next.set(id, changed);
  }
  return next ?? files;
};

export const addFiles = (files: OrderFiles, added: readonly OrderFile[]): OrderFiles =>
  added.length === 0 ? files : new Map([...files, ...added.map((file) => [file.id, file] as const)]);

export const removeFiles = (files: OrderFiles, ids: ReadonlySet<string>): OrderFiles =>
  new Map([...files].filter(([id]) => !ids.has(id)));

/** Puts removed files back where they were. */
export const restoreFiles = (
  files: OrderFiles,
  removed: readonly OrderFile[],
  order: readonly string[],
): OrderFiles => {
  const all = addFiles(files, removed);
  const place = new Map(order.map((id, index) => [id, index]));
  return new Map(
    [...all].toSorted(
      ([one], [other]) => (place.get(one) ?? order.length) - (place.get(other) ?? order.length),
    ),
  );
};

export interface FileTotals {
  count: number;
  bytes: number;
  bytesSent: number;
  byState: Readonly<Record<OrderFileState, number>>;
}

export const totalsOf = (files: OrderFiles): FileTotals => {
  const byState = { waiting: 0, sending: 0, received: 0, failed: 0, needed: 0 };
  let [bytes, bytesSent] = [0, 0];
  for (const file of files.values()) {
    byState[file.state] += 1;
    bytes += file.size;
    bytesSent += file.bytesSent;
  }
  return { count: files.size, bytes, bytesSent, byState };
};

/** `IMG_0001.jpg` of `wedding/IMG_0001.jpg`. */
export const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
