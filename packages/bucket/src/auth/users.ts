import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Principal } from '../authorize.ts';

/** Replaced, never changed in place: signing keys are remembered per object. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly active: boolean;
}

interface User {
  readonly userId: string;
  readonly name: string;
  readonly keys: readonly AccessKey[];
}

export interface UserCredentials {
  userId: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The one account of an embedded bucket; S3's ids have twelve digits. */
export const accountId = '000000000000';

export interface Users {
  /** The user and key that may sign, or undefined: an inactive key is an unknown key, as on AWS. */
  find(accessKeyId: string): { principal: Extract<Principal, { kind: 'user' }>; key: AccessKey } | undefined;
  name(userId: string): string | undefined;
  /**
   * Makes the user and the key where they are missing and gives back a key that works. A given pair is taken over
   * (its secret replaced, the key made active); without one, an active key of the user is reused.
   */
  ensureUser(input: {
    name: string;
    accessKeyId?: string | undefined;
    secretAccessKey?: string | undefined;
  }): Promise<UserCredentials>;
  /** A further key for a user, for rotation. */
  createAccessKey(userId: string): Promise<UserCredentials>;
  setAccessKeyActive(accessKeyId: string, active: boolean): Promise<void>;
  deleteAccessKey(accessKeyId: string): Promise<void>;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function newAccessKey(accessKeyId?: string, secretAccessKey?: string): AccessKey {
  const random = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return {
    accessKeyId: accessKeyId ?? `WLAK${random}`,
    secretAccessKey: secretAccessKey ?? randomBytes(30).toString('base64url'),
    active: true,
  };
}

/** Opens `users.json` in the data folder. SigV4 needs the secrets themselves, so the file is readable by its owner only. */
export async function openUsers(dataDirectory: string): Promise<Users> {
  await mkdir(dataDirectory, { recursive: true });
  const path = join(dataDirectory, 'users.json');
  let users = await readUsers(path);
  let writing: Promise<unknown> = Promise.resolve();

  /** Changes come one after another; the new list counts only once it is on the disk. */
  function change<Result>(
    edit: (users: readonly User[]) => { users: User[]; result: Result },
  ): Promise<Result> {
    const next = writing.then(async () => {
      const edited = edit(users);
      await writeUsers(dataDirectory, path, edited.users);
      users = edited.users;
      return edited.result;
    });
    // A failed change is told to its caller; it must not stop the ones behind it.
    writing = next.catch(() => undefined);
    return next;
  }

  function editKey(accessKeyId: string, edit: (key: AccessKey) => AccessKey[]): Promise<void> {
    return change((all) => {
      if (!all.some((user) => user.keys.some((key) => key.accessKeyId === accessKeyId))) {
        throw new Error(`There is no access key ${accessKeyId}.`);
      }
      const edited = all.map((user) => ({
        ...user,
        keys: user.keys.flatMap((key) => (key.accessKeyId === accessKeyId ? edit(key) : [key])),
      }));
      return { users: edited, result: undefined };
    });
  }

  return {
    find(accessKeyId) {
      for (const user of users) {
        const key = user.keys.find((each) => each.accessKeyId === accessKeyId && each.active);
        if (key !== undefined) {
          const arn = `arn:aws:iam::${accountId}:user/${user.name}`;
          return { principal: { kind: 'user', userId: user.userId, name: user.name, arn }, key };
        }
      }
      return undefined;
    },
    name: (userId) => users.find((user) => user.userId === userId)?.name,
    ensureUser: ({ name, accessKeyId, secretAccessKey }) => {
      if (!/^[\w+=,.@-]{1,64}$/.test(name))
        throw new TypeError('A user name has 1 to 64 of A-Za-z0-9_+=,.@-.');
      if (accessKeyId !== undefined && !/^[A-Za-z0-9_.-]{3,128}$/.test(accessKeyId)) {
        throw new TypeError('An access key id has 3 to 128 of A-Za-z0-9_.-.');
      }
      return change((all) => {
        const user = all.find((each) => each.name === name) ?? newUser(name);
        const others = all.filter((each) => each.userId !== user.userId);
        if (others.some((other) => other.keys.some((key) => key.accessKeyId === accessKeyId))) {
          throw new Error('The access key id belongs to another user.');
        }
        const known = user.keys.find((key) =>
          accessKeyId === undefined ? key.active : key.accessKeyId === accessKeyId,
        );
        const key = newAccessKey(
          accessKeyId ?? known?.accessKeyId,
          secretAccessKey ?? known?.secretAccessKey,
        );
        const keys = [...user.keys.filter((each) => each.accessKeyId !== key.accessKeyId), key];
        return { users: [...others, { ...user, keys }], result: credentials(user, key) };
      });
    },
    createAccessKey: (userId) =>
      change((all) => {
        const user = all.find((each) => each.userId === userId);
        if (user === undefined) throw new Error(`There is no user ${userId}.`);
        const key = newAccessKey();
        const edited = all.map((each) => (each === user ? { ...user, keys: [...user.keys, key] } : each));
        return { users: edited, result: credentials(user, key) };
      }),
    setAccessKeyActive: (accessKeyId, active) => editKey(accessKeyId, (key) => [{ ...key, active }]),
    deleteAccessKey: (accessKeyId) => editKey(accessKeyId, () => []),
  };
}

const newUser = (name: string): User => ({ userId: randomBytes(16).toString('hex'), name, keys: [] });

const credentials = (user: User, key: AccessKey): UserCredentials => ({
  userId: user.userId,
  accessKeyId: key.accessKeyId,
  secretAccessKey: key.secretAccessKey,
});

async function readUsers(path: string): Promise<User[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  // The file is written by this module only and lies in a private folder; its shape is trusted once the version fits.
  const document = JSON.parse(text) as { version: number; users: User[] };
  if (document.version !== 1) throw new Error(`${path} has an unknown version.`);
  return document.users;
}

async function writeUsers(directory: string, path: string, users: User[]): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify({ version: 1, users }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
