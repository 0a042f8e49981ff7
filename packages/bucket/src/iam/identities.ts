import { mkdir } from 'node:fs/promises';
import { createIdentityFile } from './identity-file.ts';
import type { AccessKey, IdentityRecords, StoredRole, StoredUser } from './identity-records.ts';

/** An edit of all records at once: it throws to change nothing. */
export type IdentityEdit<Result> = (records: IdentityRecords) => {
  records: IdentityRecords;
  result: Result;
};

/** The records in memory, and the one way to change them. */
export interface Identities {
  records(): IdentityRecords;
  user(userId: string): StoredUser | undefined;
  role(roleId: string): StoredRole | undefined;
  /** The key and whose it is, active or not. */
  key(accessKeyId: string): { user: StoredUser; key: AccessKey } | undefined;
  /** Changes come one after another; a change counts only once it is on the disk. */
  change<Result>(edit: IdentityEdit<Result>): Promise<Result>;
}

interface Index {
  records: IdentityRecords;
  users: ReadonlyMap<string, StoredUser>;
  roles: ReadonlyMap<string, StoredRole>;
  keys: ReadonlyMap<string, { user: StoredUser; key: AccessKey }>;
}

/** Opens the identities of a data folder, which is made when it is missing. */
export async function openIdentities(dataDirectory: string): Promise<Identities> {
  await mkdir(dataDirectory, { recursive: true });
  const file = createIdentityFile(dataDirectory);
  let index = indexOf(await file.read());
  let writing: Promise<unknown> = Promise.resolve();

  return {
    records: () => index.records,
    user: (userId) => index.users.get(userId),
    role: (roleId) => index.roles.get(roleId),
    key: (accessKeyId) => index.keys.get(accessKeyId),
    change(edit) {
      const next = writing.then(async () => {
        const { records, result } = edit(index.records);
        if (records !== index.records) {
          await file.write(records);
          index = indexOf(records);
        }
        return result;
      });
      // A failed change is told to its caller; it must not stop the ones behind it.
      writing = next.catch(() => undefined);
      return next;
    },
  };
}

const indexOf = (records: IdentityRecords): Index => ({
  records,
  users: new Map(records.users.map((user) => [user.userId, user])),
  roles: new Map(records.roles.map((role) => [role.roleId, role])),
  keys: new Map(
    records.users.flatMap((user) => user.keys.map((key) => [key.accessKeyId, { user, key }] as const)),
  ),
});
