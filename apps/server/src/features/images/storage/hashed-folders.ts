import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files by names that begin with the hex of a hash, in 256 folders: `4f/4f83…`. A file appears under its name when it is
 * whole, by a rename. It is not synced: these are caches, and what a power cut leaves of a file its checksum shows.
 */
export interface HashedFolders {
  pathOf(name: string): string;
  /** Writes into a temporary file (mode 0600), which becomes the one that `write` names or, for null, none. */
  create(write: (file: FileHandle) => Promise<string | null>): Promise<void>;
  /** A file that is not there is what was wanted. */
  remove(name: string): Promise<void>;
  /** All names, a folder at a time. */
  names(): AsyncIterable<readonly string[]>;
}

const temporaryFolder = 'tmp';

export const removeFile = (path: string): Promise<void> =>
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
        const file = await open(draft, 'wx', 0o600);
        let name: string | null;
        try {
          name = await write(file);
        } finally {
          await file.close();
        }
        if (name === null) return await removeFile(draft);
        await ensureFolder(name);
        await rename(draft, pathOf(name));
      } catch (error) {
        await removeFile(draft);
        throw error;
      }
    },
    remove: (name) => removeFile(pathOf(name)),
    names: async function* () {
      for (const prefix of await readdir(folder)) {
        if (/^[0-9a-f]{2}$/.test(prefix)) yield await readdir(join(folder, prefix));
      }
    },
  };
};
