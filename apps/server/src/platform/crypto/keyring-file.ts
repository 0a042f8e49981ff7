import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Secret } from '../../kernel/secret.ts';
import { parseKeyring, type Keyring } from './keyring.ts';

/**
 * Reads the keyring from a file that only its owner may read, and makes it with one new key where there is none.
 * Several processes may do this at once: one makes it, all read the same.
 *
 * @example const keyring = await openKeyringFile(join(dataDirectory, 'keyring'));
 */
export const openKeyringFile = async (path: string): Promise<Keyring> => {
  const known = await readIfThere(path);
  if (known !== null) {
    await chmod(path, 0o600);
    return parseKeyring(known);
  }
  await make(path);
  return parseKeyring(new Secret(await readFile(path, 'utf8')));
};

const readIfThere = async (path: string): Promise<Secret | null> => {
  try {
    return new Secret(await readFile(path, 'utf8'));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
};

/** Whole or not at all: everything that is sealed is lost with this file, so it is on disk before it is used. */
const make = async (path: string): Promise<void> => {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Unlike rename, link never replaces what another process made meanwhile.
    await link(draft, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
