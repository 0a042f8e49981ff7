import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { postgresEnvironment, type PostgresBinaries } from './binaries.ts';
import { giveTo, namedUnprivilegedUser, type RunAs } from './run-as.ts';

/** The superuser of an embedded cluster, and the only role in it. */
export const superuser = 'windlass';

/**
 * The folder that a program of PostgreSQL is started in, by a name that needs no right on the folders above it: it works
 * below /root and below a `mktemp -d`, where the unprivileged user may enter nothing by its full path.
 */
export const ownDirectory = '/proc/self/cwd';

interface PrepareOptions {
  cluster: string;
  binaries: PostgresBinaries;
  runAs: RunAs | null;
  signal: AbortSignal;
}

/**
 * Makes the cluster at the first run and checks it at each later one. An interrupted first run leaves no cluster.
 *
 * @throws Error that says what to do when the cluster belongs to another major version
 */
export const prepareCluster = async (options: PrepareOptions): Promise<void> => {
  const { cluster, binaries, runAs } = options;
  await mkdir(dirname(cluster), { recursive: true, mode: 0o700 });
  await removeDrafts(dirname(cluster));
  const found = await majorVersion(cluster);
  if (found === null) await createCluster(options);
  else if (found !== binaries.major) throw new Error(otherMajor(cluster, found, binaries.major));
  // A folder brought back from a backup by root belongs to root.
  if (runAs !== null && !(await belongsTo(cluster, runAs))) await giveTo(cluster, runAs);
};

const createCluster = async ({ cluster, binaries, runAs, signal }: PrepareOptions): Promise<void> => {
  const draft = await mkdtemp(join(dirname(cluster), draftPrefix));
  const maker = runAs === null ? null : await namedUnprivilegedUser();
  if (maker !== null) await giveTo(draft, maker);
  await initialise(binaries, draft, maker, signal);
  if (runAs !== null) await giveTo(draft, runAs);
  await rename(draft, cluster);
  await syncDirectory(dirname(cluster));
};

const initdbArguments = [
  `--pgdata=${ownDirectory}`,
  `--username=${superuser}`,
  // The folder of the socket is closed to every other user, which is what guards it.
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
];

const initialise = async (
  binaries: PostgresBinaries,
  directory: string,
  maker: RunAs | null,
  signal: AbortSignal,
): Promise<void> => {
  const child = spawn(binaries.initdb, initdbArguments, {
    ...maker,
    cwd: directory,
    env: postgresEnvironment,
    // A process group of its own, so that the servers that initdb starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const giveUp = AbortSignal.any([signal, AbortSignal.timeout(initdbMilliseconds)]);
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  giveUp.addEventListener('abort', endGroup, { once: true });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    // Comes when the last process of the group has closed its stderr.
    child.once('close', resolve);
  });
  const [status, complaint] = await Promise.all([ended, text(child.stderr)]);
  giveUp.removeEventListener('abort', endGroup);
  giveUp.throwIfAborted();
  if (status !== 0)
    throw new Error(`initdb failed in ${directory}: ${complaint.trim()}${nextStep(complaint)}`);
};

/** A container may run us as a number that has no name, which the server does not mind and initdb does. */
const nextStep = (complaint: string): string =>
  complaint.includes('user does not exist')
    ? '. Give this user a line in /etc/passwd, or set DATABASE_URL to use a PostgreSQL of your own.'
    : '';

/** It takes one second on a laptop; a slow disk gets its time. */
const initdbMilliseconds = 120_000;

const draftPrefix = 'draft-';

const removeDrafts = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory))
    if (name.startsWith(draftPrefix))
      await rm(join(directory, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
};

/** The release that made a cluster; null where there is none yet. */
export const majorVersion = async (cluster: string): Promise<number | null> => {
  try {
    return Number.parseInt(await readFile(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (await exists(cluster))
      throw new Error(
        `${cluster} is there, but is no PostgreSQL cluster (it has no PG_VERSION). Move it away and start again.`,
        { cause: error },
      );
    return null;
  }
};

const exists = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );

const belongsTo = async (cluster: string, user: RunAs): Promise<boolean> => {
  await using handle = await open(cluster);
  return (await handle.stat()).uid === user.uid;
};

const syncDirectory = async (directory: string): Promise<void> => {
  await using handle = await open(directory);
  await handle.sync();
};

const otherMajor = (cluster: string, found: number, ours: number): string =>
  `${cluster} was made by PostgreSQL ${found}, and this release of Windlass brings PostgreSQL ${ours}, which cannot read it. ` +
  `Nothing was changed. Start the earlier release of Windlass on this folder and save the data with pg_dump ${found} ` +
  `(or convert the folder with pg_upgrade), then start this release on a new folder and load it with psql.`;
