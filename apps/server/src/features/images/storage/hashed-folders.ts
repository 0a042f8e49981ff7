import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

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
  unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });

/** Takes a folder that nobody else writes to, and clears what was being written when its last process ended. */
export const openHashedFolders = async (folder: string): Promise<HashedFolders> => {
  const temporary = join(folder, temporaryFolder);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const made = new Set<string>();

  const pathOf = (name: string): string => join(folder, name.slice(0, 2), name);

  const ensureFolder = async (name: string): Promise<void> => {
    const prefix = name.slice(0, 2);
    if (made.has(prefix)) return;
    await mkdir(join(folder, prefix), { recursive: true, mode: 0o700 });
    made.add(prefix);
  };

  return {
    pathOf,
    create: async (write) => {
      const draft = join(temporary, randomUUID());
      try {
        const { name, result } = await writeDraft(draft, write);
        await ensureFolder(name);
        await rename(draft, pathOf(name));
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

const writeDraft = async <T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> => {
  await using file = await open(path, 'wx', 0o600);
  return await write(file);
};
