import { chown, lchown, lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The user that PostgreSQL runs as, where it is not our own. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Nobody's on Debian, Fedora and Alpine, below 65,536 so that a container maps it. */
const firstCandidate = 64_740;

/**
 * PostgreSQL refuses to run as root. Started as root, it gets a user of its own: that of an earlier run, else an
 * unnamed one that shares nothing with other services (which `nobody` would). Null when we are not root.
 *
 * @throws Error when the cluster belongs to somebody whom we may not become
 */
export const chooseUser = async (clusterDirectory: string): Promise<RunAs | null> => {
  const us = process.geteuid?.();
  const owner = await ownerOf(clusterDirectory);
  if (us !== 0) {
    if (owner !== null && owner.uid !== us)
      throw new Error(
        `${clusterDirectory} belongs to user ${owner.uid}, and this process runs as ${us}. ` +
          `Start Windlass as that user or as root.`,
      );
    return null;
  }
  if (owner !== null && owner.uid !== 0) return owner;
  const taken = await namedUsers();
  let uid = firstCandidate;
  while (taken.has(uid)) uid += 1;
  return { uid, gid: uid };
};

/** initdb, unlike the server, insists on a user with a name; it works as this one and hands its files over. */
export const namedUnprivilegedUser = async (): Promise<RunAs> => {
  const users = [...(await namedUsers()).entries()].filter(([uid]) => uid !== 0);
  const nobody = users.find(([, user]) => user.name === 'nobody') ?? users.at(-1);
  if (nobody === undefined)
    throw new Error(
      '/etc/passwd names no user but root, so initdb cannot run. Add one, or set DATABASE_URL.',
    );
  return { uid: nobody[0], gid: nobody[1].gid };
};

/** Gives a folder and all in it to a user; symbolic links are not followed. */
export const giveTo = async (directory: string, user: RunAs): Promise<void> => {
  for (const entry of await readdir(directory, { recursive: true }))
    await lchown(join(directory, entry), user.uid, user.gid);
  await chown(directory, user.uid, user.gid);
};

const ownerOf = async (path: string): Promise<RunAs | null> => {
  try {
    const { uid, gid } = await lstat(path);
    return { uid, gid };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const namedUsers = async (): Promise<Map<number, { name: string; gid: number }>> => {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return new Map(
    lines.flatMap(([name, , uid, gid]) =>
      name === undefined || uid === undefined ? [] : [[Number(uid), { name, gid: Number(gid) }] as const],
    ),
  );
};
