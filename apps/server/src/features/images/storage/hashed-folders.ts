import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Files by names that begin with the hex of a hash, in 256 folders: `4f/4f83…`. A file appears under its name when it is
 * whole, by a rename. It is not synced: these are caches, and what a power cut leaves of a file its checksum shows.
 */
export interface HashedFolders {
  pathOf(name: string): string;
  /** Writes into a temporary file (mode 0600), which then gets the name that `write` tells. */
  create<T>(write: (file: FileHandle) => Promise<{ name: string; result: T }>): Promise<T>;
  /** A file that is not there is what was wanted. */
  remove(name: string): Promise<void>;
  /** All names, a folder at a time; what lies in the wrong folder is left alone. */
  names(): AsyncIterable<readonly string[]>;
}

const temporaryFolder = 'tmp';

const removeFile = (path: string): Promise<void> =>
  unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });

/** Takes a folder that nobody else writes to, and clears what was being written when its last process ended. */
export const openHashedFolders = async (folder: string): Promise<HashedFolders> => {
  const temporary = join(folder, temporaryFolder);
  await rm(temporary, { recursive: true, force: true });
  await makePrivate(temporary);
  const made = new Set<string>();

  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name);

  const ensureFolder = async (name: string): Promise<void> => {
    const prefix = name.slice(0, 2);
    if (made.has(prefix)) return;
    await makePrivate(join(folder, prefix));
    made.add(prefix);
  };

  const publish = async (draft: string, name: string): Promise<void> => {
    await ensureFolder(name);
    await orAfter(
      () => rename(draft, pathOf(name)),
      () => {
        made.delete(name.slice(0, 2));
        return ensureFolder(name);
      },
    );
  };

  return {
    pathOf,
    create: async (write) => {
      const draft = join(temporary, randomUUID());
      try {
        const { name, result } = await writeDraft(draft, write);
        await publish(draft, name);
        return result;
      } catch (error) {
        await removeFile(draft);
        throw error;
      }
    },
    remove: (name) => removeFile(pathOf(name)),
    names: async function* () {
      for (const prefix of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
        const names = await readdir(join(folder, prefix));
        yield names.filter((name) => name.startsWith(prefix));
      }
    },
  };
};

const makePrivate = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
};

const writeDraft = async <T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> => {
  await using file = await orAfter(
    () => open(path, 'wx', 0o600),
    () => makePrivate(dirname(path)),
  );
  return await write(file);
};

/** Whoever cleans temporary folders may take away ours while we run: they are made again where one is missed. */
const orAfter = async <T>(work: () => Promise<T>, repair: () => Promise<void>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await repair();
    return work();
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
