import { opendir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { printable } from '../command-output.ts';

/** A file to upload, and the name that it gets below the prefix. */
export interface LocalFile {
  path: string;
  /** With slashes, whatever the system writes. */
  name: string;
  size: number;
  /** Milliseconds since 1970. */
  lastModified: number;
}

/**
 * The files that paths stand for: a file by its own name, a folder with its name before those of its files, `folder/` as what
 * is in it. Links that stand in a folder are not followed, since they may lead round in circles; `skipped` counts them with
 * everything else that is no file.
 *
 * @throws UsageError where a path is not there, or two files would get one name
 */
export const collectFiles = async (
  paths: readonly string[],
): Promise<{ files: LocalFile[]; skipped: number }> => {
  const files: LocalFile[] = [];
  let skipped = 0;

  const addFile = async (path: string, name: string): Promise<void> => {
    const { size, mtimeMs } = await stat(path);
    files.push({ path: resolve(path), name, size, lastModified: Math.floor(mtimeMs) });
  };
  const addFolder = async (path: string, name: string): Promise<void> => {
    for await (const entry of await opendir(path)) {
      const inner = join(path, entry.name);
      const innerName = `${name}${entry.name}`;
      if (entry.isDirectory()) await addFolder(inner, `${innerName}/`);
      else if (entry.isFile()) await addFile(inner, innerName);
      else skipped += 1;
    }
  };

  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (found === null) throw new UsageError(`${printable(path)} is not there, or may not be read`);
    const name = basename(resolve(path));
    if (found.isFile()) await addFile(path, name);
    else if (found.isDirectory()) await addFolder(path, /[\\/]$|^\.{1,2}$/.test(path) ? '' : `${name}/`);
    else throw new UsageError(`${printable(path)} is neither a file nor a folder`);
  }
  refuseTwins(files);
  return { files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)), skipped };
};

const refuseTwins = (files: readonly LocalFile[]): void => {
  const byName = new Map<string, string>();
  for (const { name, path } of files) {
    const other = byName.get(name);
    if (other !== undefined)
      throw new UsageError(`${printable(other)} and ${printable(path)} would both become ${printable(name)}`);
    byName.set(name, path);
  }
};
