import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';

const folders = (): string[] => [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

const find = (file: string): string | null => {
  const places = file.startsWith('/') ? [file] : folders().map((folder) => join(folder, file));
  return places.find(isThere) ?? null;
};

/** RUNLEVEL=1 keeps Debian's packages from starting what they install. */
const quietly = {
  env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  stdio: 'ignore',
} as const;

/**
 * The path of a program (or of a file, where an absolute one is given); Debian's packages are installed for it where this
 * process may. Null where it is not to be had.
 */
export const provideProgram = (file: string, packages: readonly string[]): string | null => {
  const there = find(file);
  if (there !== null) return there;
  if (process.geteuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  spawnSync('apt-get', ['update'], quietly);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], quietly);
  return find(file);
};
