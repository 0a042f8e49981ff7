import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { takeExclusiveLock } from '../../../platform/files/exclusive-lock.ts';

/** A folder that belongs to this process alone until it is disposed. */
export interface SlotFolder extends AsyncDisposable {
  /** Absolute where the shared folder is. */
  readonly path: string;
}

/** Far more processes than share one disk. */
const maxSlots = 256;
const lockName = 'lock';
/** A slot that no process has taken for so long was left over when there were more processes. */
const abandonedMilliseconds = 7 * 24 * 60 * 60 * 1000;

/**
 * Takes the first free slot of a folder that several processes may share: `<folder>/slot-0`, `slot-1` and so on. Each has
 * its own files and its own budget of bytes, so that no process removes what another one counts on; a process that starts
 * again finds the files of the one before it. Slots that nobody took for a week are removed.
 *
 * Mode 0700. The lock is the kernel's: SIGKILL frees it.
 */
export const takeSlotFolder = async (folder: string): Promise<SlotFolder> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let number = 0; number < maxSlots; number += 1) {
    const path = join(folder, `slot-${number}`);
    await mkdir(path, { recursive: true, mode: 0o700 });
    const lock = takeExclusiveLock(join(path, lockName));
    if (lock === null) continue;
    const touch = async (): Promise<void> => utimes(join(path, lockName), new Date(), new Date());
    await touch();
    await removeAbandoned(folder, `slot-${number}`);
    return {
      path,
      [Symbol.asyncDispose]: async () => {
        // A folder that was removed meanwhile needs no date.
        await touch().catch(() => {});
        lock[Symbol.dispose]();
      },
    };
  }
  throw new Error(`All ${maxSlots} slots of ${folder} are taken`);
};

const removeAbandoned = async (folder: string, own: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (name === own || !/^slot-\d+$/.test(name)) continue;
    const lockPath = join(folder, name, lockName);
    const found = await stat(lockPath).catch(() => null);
    if (found === null || found.mtimeMs > Date.now() - abandonedMilliseconds) continue;
    using lock = takeExclusiveLock(lockPath);
    if (lock !== null) await rm(join(folder, name), { recursive: true, force: true });
  }
};
