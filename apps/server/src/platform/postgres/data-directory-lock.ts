import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { isLockBusy, takeExclusiveLock } from '../files/exclusive-lock.ts';

/** Held while a process owns the data folder. The kernel lets go of it with the process, however that ends. */
export interface DataDirectoryLock extends Disposable {
  /** The folder, as a full path. */
  readonly path: string;
}

/** What `windlass doctor` asks about a folder. */
export interface DataDirectoryState {
  exists: boolean;
  writable: boolean;
  /** The process that holds it, as far as it said so; null when it is free. */
  heldBy: { pid: number; since: string } | null;
}

const lockName = 'lock';
const holderName = 'lock.json';
const holderSchema = z.object({ pid: z.int(), since: z.string() });

/**
 * Makes the data folder (mode 0700) and takes it for this process alone, with a lock that cannot be left behind by a
 * process that was killed.
 *
 * @throws Error with a line for the person: who holds the folder, or why it cannot be used
 * @example using lock = await lockDataDirectory('/var/lib/windlass');
 */
export const lockDataDirectory = async (directory: string): Promise<DataDirectoryLock> => {
  const path = resolve(directory);
  await makePrivate(path);
  const lock = takeLock(path);
  if (lock === null) throw new Error(heldMessage(path, await readHolder(path)));
  await writeFile(
    join(path, holderName),
    JSON.stringify({ pid: process.pid, since: new Date().toISOString() }),
    { mode: 0o600 },
  );
  return { path, [Symbol.dispose]: () => lock[Symbol.dispose]() };
};

/** Looks at a data folder without changing it. */
export const inspectDataDirectory = async (directory: string): Promise<DataDirectoryState> => {
  const path = resolve(directory);
  const found = await lstat(path).catch(() => null);
  const writable = await canWrite(path);
  const exists = found?.isDirectory() === true;
  const locked = exists && (await canWrite(join(path, lockName))) && isLocked(path);
  return { exists, writable, heldBy: locked ? ((await readHolder(path)) ?? { pid: 0, since: '' }) : null };
};

const makePrivate = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode, uid } = await lstat(path);
  const us = process.geteuid?.();
  if (us !== undefined && us !== 0 && uid !== us)
    throw new Error(`The data folder ${path} belongs to user ${uid}, and this process runs as ${us}.`);
  if ((mode & 0o077) === 0) return;
  // Somebody who names /tmp or a home folder by mistake must not lose it to us.
  const names = await readdir(path);
  if (names.length > 0 && !names.includes(lockName))
    throw new Error(
      `The folder ${path} is open to other users and holds files that are not Windlass's. ` +
        `Choose an empty folder with --data, or close it with: chmod 700 '${path}'`,
    );
  await chmod(path, 0o700);
};

const takeLock = (path: string): Disposable | null => {
  try {
    return takeExclusiveLock(join(path, lockName), 250);
  } catch (cause) {
    throw new Error(`The data folder ${path} cannot be locked.`, { cause });
  }
};

const isLocked = (path: string): boolean => {
  const database = new DatabaseSync(join(path, lockName), { timeout: 0, readOnly: true });
  try {
    database.exec('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    if (isLockBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
};

const readHolder = async (path: string): Promise<{ pid: number; since: string } | null> => {
  try {
    return holderSchema.parse(JSON.parse(await readFile(join(path, holderName), 'utf8')));
  } catch {
    // The holder may be writing it this moment; the lock alone decides.
    return null;
  }
};

const heldMessage = (path: string, holder: { pid: number; since: string } | null): string =>
  `Another Windlass${holder === null ? '' : ` (process ${holder.pid}, since ${holder.since})`} uses ${path}. ` +
  `Stop it first${holder === null ? '' : ` (kill ${holder.pid})`}, or choose another folder with --data.`;

const canWrite = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
