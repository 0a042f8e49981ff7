import { withUser } from '../iam/edit-records.ts';
import type { Identities } from '../iam/identities.ts';
import type { AccessKey, StoredUser } from '../iam/identity-records.ts';
import { newAccessKey, newUserId } from '../iam/new-ids.ts';
import { checkUserName } from '../iam/names.ts';

export interface UserCredentials {
  userId: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface EnsureUserInput {
  name: string;
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  /** Raises the user to the account's administrator; without it a user stays what it is, and a new one owns its buckets. */
  administrator?: boolean | undefined;
}

/** Users as the program that runs the bucket makes them, outside IAM's rules and quotas. */
export interface Users {
  /** Of a user or a role, for the answers that name owners. */
  name(id: string): string | undefined;
  /**
   * Makes the user and the key where they are missing and gives back a key that works. A given pair is taken over
   * (its secret replaced, the key made active); without one, an active key of the user is reused.
   */
  ensureUser(input: EnsureUserInput): Promise<UserCredentials>;
  /** A further key for a user, for rotation. */
  createAccessKey(userId: string): Promise<UserCredentials>;
  setAccessKeyActive(accessKeyId: string, active: boolean): Promise<void>;
  deleteAccessKey(accessKeyId: string): Promise<void>;
}

export function createUsers(identities: Identities, clock: { now(): Date }): Users {
  function editKey(accessKeyId: string, edit: (key: AccessKey) => AccessKey[]): Promise<void> {
    return identities.change((records) => {
      const users = records.users.map((user) => ({
        ...user,
        keys: user.keys.flatMap((key) => (key.accessKeyId === accessKeyId ? edit(key) : [key])),
      }));
      if (!records.users.some((user) => user.keys.some((key) => key.accessKeyId === accessKeyId))) {
        throw new Error(`There is no access key ${accessKeyId}.`);
      }
      return { records: { ...records, users }, result: undefined };
    });
  }

  return {
    name: (id) => identities.user(id)?.name ?? identities.role(id)?.name,

    ensureUser: ({ name, accessKeyId, secretAccessKey, administrator }) => {
      checkUserName(name);
      if (accessKeyId !== undefined && !/^[A-Za-z0-9_.-]{3,128}$/.test(accessKeyId)) {
        throw new TypeError('An access key id has 3 to 128 of A-Za-z0-9_.-.');
      }
      return identities.change((records) => {
        const before = records.users.find((each) => each.name === name) ?? newOwner(name, clock.now());
        const user: StoredUser = administrator === true ? { ...before, standing: 'administrator' } : before;
        if (
          accessKeyId !== undefined &&
          (identities.key(accessKeyId)?.user.userId ?? user.userId) !== user.userId
        ) {
          throw new Error('The access key id belongs to another user.');
        }
        const known = user.keys.find((key) =>
          accessKeyId === undefined ? key.active : key.accessKeyId === accessKeyId,
        );
        const key = ensuredKey(known, { accessKeyId, secretAccessKey }, clock.now());
        const keys = [...user.keys.filter((each) => each.accessKeyId !== key.accessKeyId), key];
        const changed = key !== known || user !== before;
        const result = credentials(user, key);
        return { records: changed ? withUser(records, { ...user, keys }) : records, result };
      });
    },

    createAccessKey: (userId) =>
      identities.change((records) => {
        const user = identities.user(userId);
        if (user === undefined) throw new Error(`There is no user ${userId}.`);
        const key = newAccessKey(clock.now());
        const result = credentials(user, key);
        return { records: withUser(records, { ...user, keys: [...user.keys, key] }), result };
      }),

    setAccessKeyActive: (accessKeyId, active) => editKey(accessKeyId, (key) => [{ ...key, active }]),
    deleteAccessKey: (accessKeyId) => editKey(accessKeyId, () => []),
  };
}

const newOwner = (name: string, now: Date): StoredUser => ({
  userId: newUserId(),
  name,
  path: '/',
  standing: 'owner',
  createdAt: now.toISOString(),
  keys: [],
  policies: [],
  boundary: null,
});

/** The known key itself where nothing about it changes, so that a start without news writes nothing. */
function ensuredKey(
  known: AccessKey | undefined,
  given: { accessKeyId: string | undefined; secretAccessKey: string | undefined },
  now: Date,
): AccessKey {
  if (known === undefined) return newAccessKey(now, given);
  const secretAccessKey = given.secretAccessKey ?? known.secretAccessKey;
  return known.active && known.secretAccessKey === secretAccessKey
    ? known
    : { ...known, secretAccessKey, active: true };
}

const credentials = (user: StoredUser, key: AccessKey): UserCredentials => ({
  userId: user.userId,
  accessKeyId: key.accessKeyId,
  secretAccessKey: key.secretAccessKey,
});
