import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { randomName, removeFile, type DurableFiles } from './durable-files.ts';

/**
 * Large bodies. A blob is written once under a random name and never changed; it counts for nothing until a record
 * names it, so it needs no temporary name: what no record names at a start is removed.
 */
export interface BlobFiles {
  create(): Promise<{ name: string; file: FileHandle }>;
  /** Makes the name of a written and synced blob durable. */
  settle(name: string): Promise<void>;
  open(name: string): Promise<FileHandle>;
  /** Keeps blobs on disk while one of their readers may still open them. */
  pin(names: readonly string[]): void;
  unpin(names: readonly string[]): Promise<void>;
  /** Removes blobs that no record names any more; pinned ones go with their last reader. */
  discard(names: readonly string[]): Promise<void>;
}

export const fanOut = (name: string): string => name.slice(0, 2);

export const createBlobFiles = (folder: string, files: DurableFiles): BlobFiles => {
  const readers = new Map<string, number>();
  const doomed = new Set<string>();
  const pathOf = (name: string): string => join(folder, fanOut(name), name);

  const create = async (): Promise<{ name: string; file: FileHandle }> => {
    const name = randomName();
    await files.ensureFolder(join(folder, fanOut(name)));
    return { name, file: await open(pathOf(name), 'wx') };
  };

  const removeAll = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await removeFile(pathOf(name));
  };

  const pin = (names: readonly string[]): void => {
    for (const name of names) readers.set(name, (readers.get(name) ?? 0) + 1);
  };

  const unpin = async (names: readonly string[]): Promise<void> => {
    const free: string[] = [];
    for (const name of names) {
      const left = (readers.get(name) ?? 0) - 1;
      if (left > 0) {
        readers.set(name, left);
      } else {
        readers.delete(name);
        if (doomed.delete(name)) free.push(name);
      }
    }
    await removeAll(free);
  };

  const discard = async (names: readonly string[]): Promise<void> => {
    const free: string[] = [];
    for (const name of names) {
      if (readers.has(name)) doomed.add(name);
      else free.push(name);
    }
    await removeAll(free);
  };

  return {
    create,
    settle: (name) => files.syncFolder(join(folder, fanOut(name))),
    open: (name) => open(pathOf(name), 'r'),
    pin,
    unpin,
    discard,
  };
};
