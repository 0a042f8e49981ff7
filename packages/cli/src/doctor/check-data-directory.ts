import { stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../../../apps/server/src/config/config.ts';
import type { DataDirectoryState } from '../../../../apps/server/src/platform/postgres/index.ts';
import { fail, ok, warn, type Row } from './row.ts';

const GiB = 1024 ** 3;
const littleSpace = 5 * GiB;
const noSpace = 0.5 * GiB;

/** Is it there, ours, closed, with room, and who holds it. */
export const checkDataDirectory = async (
  { dataDirectory }: Config,
  { exists, writable, heldBy }: DataDirectoryState,
): Promise<Row[]> => {
  const space = await checkSpace(dataDirectory);
  if (!exists) return [ok('Data folder', `${dataDirectory} (made at the first start)`), space];
  return [await checkAccess(dataDirectory, writable), space, checkHolder(heldBy)];
};

const checkAccess = async (path: string, writable: boolean): Promise<Row> => {
  const name = 'Data folder';
  if (!writable)
    return fail(
      name,
      `${path} cannot be written`,
      `Give it to the user that runs Windlass: chown -R USER '${path}'`,
    );
  const { mode } = await stat(path);
  return (mode & 0o077) === 0
    ? ok(name, path)
    : warn(
        name,
        `${path} is open to other users (mode ${(mode & 0o777).toString(8)})`,
        `chmod 700 '${path}'`,
      );
};

const checkHolder = (heldBy: DataDirectoryState['heldBy']): Row =>
  heldBy === null
    ? ok('Lock', 'free: Windlass does not run on this folder')
    : ok(
        'Lock',
        `held by process ${heldBy.pid === 0 ? 'unknown' : heldBy.pid}, since ${heldBy.since || 'unknown'}`,
      );

const checkSpace = async (path: string): Promise<Row> => {
  const { bavail, bsize } = await statfs(await nearestExisting(path));
  const free = bavail * bsize;
  const detail = `${(free / GiB).toFixed(1)} GiB free`;
  const next = 'Free some space, or choose another disk with --data.';
  if (free < noSpace) return fail('Disk space', detail, next);
  return free < littleSpace ? warn('Disk space', detail, next) : ok('Disk space', detail);
};

const nearestExisting = async (path: string): Promise<string> => {
  const found = await stat(path).catch(() => null);
  return found === null && dirname(path) !== path ? nearestExisting(dirname(path)) : path;
};

/** The keys that open every stored credential: there, and for our eyes only. */
export const checkKeyring = async ({ keyring, dataDirectory, databaseUrl }: Config): Promise<Row> => {
  const name = 'Keyring';
  if (keyring !== null) return ok(name, 'from WINDLASS_KEYRING');
  const path = join(dataDirectory, 'keyring');
  const found = await stat(path).catch(() => null);
  if (found === null) {
    const cluster = await stat(join(dataDirectory, 'postgres', 'cluster')).catch(() => null);
    if (cluster !== null && databaseUrl === null)
      return fail(
        name,
        `${path} is gone, and the database may hold secrets that it sealed`,
        'Put it back from a backup.',
      );
    return ok(name, `${path} (made at the first start)`);
  }
  if ((found.mode & 0o077) !== 0)
    return fail(
      name,
      `${path} can be read by other users (mode ${(found.mode & 0o777).toString(8)})`,
      `chmod 600 '${path}'`,
    );
  return ok(name, `${path}; keep a copy of it apart from the data`);
};
