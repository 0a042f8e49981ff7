import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string() });
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Copies `native` below `parent`, readable and executable by everybody and writable by us alone; an earlier copy of the
 * same release is used again. Returns the copy's folder.
 *
 * @throws Error when something that is not ours has taken the name
 */
export const copyBinaries = async (
  native: string,
  parent: string,
  { replace = false } = {},
): Promise<string> => {
  const { name, version } = manifest.parse(
    JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')),
  );
  const copy = join(parent, `postgresql-${basename(name)}-${version}`);
  await mkdir(parent, { recursive: true, mode: 0o755 });
  if (replace) await rm(copy, { recursive: true, force: true });
  else if (await isOurs(copy)) return copy;

  // The name appears only when all is there, so a copy that was interrupted is never taken for a whole one.
  const draft = await mkdtemp(join(parent, '.postgresql-'));
  try {
    for (const part of ['bin', 'lib', 'share'])
      await cp(join(native, part), join(draft, part), { recursive: true, verbatimSymlinks: true });
    await makeLinks(native, draft);
    await openForReading(draft);
    await rename(draft, copy);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have been faster.
    if (await isOurs(copy)) return copy;
    throw error;
  }
  return copy;
};

/** In a folder such as /tmp anybody may make a name: only one that we made, and nobody else can write to, is run. */
const isOurs = async (directory: string): Promise<boolean> => {
  const found = await lstat(directory).catch(() => null);
  if (found === null) return false;
  if (found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o022) === 0) return true;
  throw new Error(`${directory} was not made by this user, or others may write to it`);
};

/** npm packages hold no symbolic links; this one lists its own for a script, which may not have run. */
const makeLinks = async (native: string, copy: string): Promise<void> => {
  const listed = links.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of listed) {
    const path = join(copy, relative('native', target));
    if ((await lstat(path).catch(() => null)) === null)
      await symlink(relative(dirname(target), source), path);
  }
};

/** A clone made under umask 077 is readable by its owner alone. */
const openForReading = async (directory: string): Promise<void> => {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, basename(directory) === 'bin' ? 0o755 : 0o644);
  }
};
