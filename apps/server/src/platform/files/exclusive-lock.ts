import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a lock that the kernel gives back when the process ends, however it ends; null while another one has it.
 *
 * It is the lock of an empty SQLite file, which nothing is stored in: Node has no flock(2) of its own, and this one also
 * holds across containers on one machine. `waitMilliseconds` is spent in the thread that calls.
 *
 * @throws Error where the file cannot be opened or locked at all
 * @example using lock = takeExclusiveLock('/var/lib/windlass/lock', 250);
 */
export const takeExclusiveLock = (path: string, waitMilliseconds = 0): Disposable | null => {
  const database = new DatabaseSync(path, { timeout: waitMilliseconds });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isLockBusy(error)) return null;
    throw error;
  }
  return {
    [Symbol.dispose]: () => {
      if (database.isOpen) database.close();
    },
  };
};

/** SQLITE_BUSY of the SQLite result codes. */
export const isLockBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5;
