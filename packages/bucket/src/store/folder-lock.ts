import { DatabaseSync } from 'node:sqlite';

/**
 * One process a folder: two would each trust their own index and sweep away what the other writes. The lock is the one
 * SQLite holds on an empty database, because it is the only lock in Node that the kernel takes back when a process dies,
 * however it dies. Nothing is stored in the file.
 */
export const lockFolder = (path: string, folder: string): Disposable => {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new Error(`the bucket folder ${folder} is in use by another process`, { cause });
  }
  return { [Symbol.dispose]: () => database.close() };
};
