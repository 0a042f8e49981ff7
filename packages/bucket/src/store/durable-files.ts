import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes, renames and removals that are on disk when their promise resolves. */
export interface DurableFiles {
  /** Makes a folder (its parent must be there) once; later calls cost nothing. */
  ensureFolder(path: string): Promise<void>;
  /** fsync of a folder: what was renamed or unlinked in it before this call is on disk after it. */
  syncFolder(path: string): Promise<void>;
  /** A new file, written and synced, under a random name. The commit is a rename of it. */
  writeTemporary(folder: string, bytes: Uint8Array): Promise<string>;
  /** `writeTemporary`, then rename over `target` and fsync of its folder. */
  replace(temporaryFolder: string, target: string, bytes: Uint8Array): Promise<void>;
}

const ignoreMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error;
};

/** Unlinks; a file that is not there is what was wanted. */
export const removeFile = (path: string): Promise<void> => unlink(path).catch(ignoreMissing);

export const randomName = (): string => randomBytes(16).toString('hex');

const fsyncFolder = async (path: string): Promise<void> => {
  await using folder = await open(path, 'r');
  await folder.sync();
};

const writeTemporary = async (folder: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, randomName());
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } catch (error) {
    await file.close();
    await removeFile(path);
    throw error;
  }
  await file.close();
  return path;
};

/**
 * Concurrent writers to one folder share its fsyncs (group commit): a request joins the run that has not started yet,
 * never one that is under way, because that one may have passed the disk before the rename.
 */
export const createDurableFiles = (): DurableFiles => {
  const folders = new Map<string, Promise<void>>();
  const runs = new Map<string, { current: Promise<void>; next: Promise<void> | undefined }>();

  const start = (path: string): Promise<void> => {
    const run = { current: fsyncFolder(path), next: undefined };
    runs.set(path, run);
    const settle = (): void => {
      if (runs.get(path) === run && run.next === undefined) runs.delete(path);
    };
    run.current.then(settle, settle);
    return run.current;
  };

  const syncFolder = (path: string): Promise<void> => {
    const run = runs.get(path);
    if (run === undefined) return start(path);
    run.next ??= run.current.then(
      () => start(path),
      () => start(path),
    );
    return run.next;
  };

  const ensureFolder = (path: string): Promise<void> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const made = mkdir(path)
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      })
      .then(() => syncFolder(dirname(path)));
    folders.set(path, made);
    made.catch(() => folders.delete(path));
    return made;
  };

  const replace = async (temporaryFolder: string, target: string, bytes: Uint8Array): Promise<void> => {
    const temporary = await writeTemporary(temporaryFolder, bytes);
    try {
      await rename(temporary, target);
    } catch (error) {
      await removeFile(temporary);
      throw error;
    }
    await syncFolder(dirname(target));
  };

  return { ensureFolder, syncFolder, writeTemporary, replace };
};
