import { userArn } from './arns.ts';
import type { BucketIam, IamAccessKey, IamUser } from './bucket-iam.ts';
import { byName, userNamed, withUser } from './edit-records.ts';
import { IamError } from './iam-error.ts';
import type { Identities } from './identities.ts';
import type { AccessKey, StoredUser } from './identity-records.ts';
import type { KeyUse } from './key-use.ts';
import { checkPath, checkUserName, sameName } from './names.ts';
import { newAccessKey, newUserId } from './new-ids.ts';

/** IAM: IAM and AWS STS quotas. */
const maximumUsers = 5000;
const maximumKeysPerUser = 2;

type UserCalls = Pick<
  BucketIam,
  | 'listUsers'
  | 'getUser'
  | 'createUser'
  | 'deleteUser'
  | 'createAccessKey'
  | 'setAccessKeyActive'
  | 'deleteAccessKey'
  | 'findAccessKey'
>;

export function createUserCalls(
  identities: Identities,
  keyUse: Pick<KeyUse, 'last'>,
  clock: { now(): Date },
): UserCalls {
  const shownKey = ({ accessKeyId, active, createdAt }: AccessKey): IamAccessKey => ({
    accessKeyId,
    active,
    createdAt: createdAt === undefined ? null : new Date(createdAt),
    lastUsed: keyUse.last(accessKeyId) ?? null,
  });

  const shown = ({ keys, createdAt, ...user }: StoredUser): IamUser => ({
    ...user,
    arn: userArn(user.name, user.path),
    createdAt: createdAt === null ? null : new Date(createdAt),
    accessKeys: keys.map(shownKey),
  });

  const editKey = (
    userName: string,
    accessKeyId: string,
    edit: (key: AccessKey) => AccessKey[],
  ): Promise<void> =>
    identities.change((records) => {
      const user = userNamed(records, userName);
      if (!user.keys.some((key) => key.accessKeyId === accessKeyId)) throw noSuchKey(accessKeyId);
      const keys = user.keys.flatMap((key) => (key.accessKeyId === accessKeyId ? edit(key) : [key]));
      return { records: withUser(records, { ...user, keys }), result: undefined };
    });

  return {
    listUsers: () => byName(identities.records().users).map(shown),
    getUser: (name) => shown(userNamed(identities.records(), name)),

    createUser: async ({ name, path = '/' }) => {
      checkUserName(name);
      checkPath(path);
      return identities.change((records) => {
        if (records.users.some((user) => sameName(user.name, name))) {
          throw new IamError('EntityAlreadyExists', `User with name ${name} already exists.`);
        }
        if (records.users.length >= maximumUsers) {
          throw new IamError('LimitExceeded', `Cannot exceed quota for UsersPerAccount: ${maximumUsers}`);
        }
        const user: StoredUser = {
          userId: newUserId(),
          name,
          path,
          standing: 'policies',
          createdAt: clock.now().toISOString(),
          keys: [],
          policies: [],
          boundary: null,
        };
        return { records: withUser(records, user), result: shown(user) };
      });
    },

    deleteUser: (name) =>
      identities.change((records) => {
        const user = userNamed(records, name);
        if (user.keys.length > 0) {
          throw new IamError('DeleteConflict', 'Cannot delete entity, must delete access keys first.');
        }
        if (user.policies.length > 0) {
          throw new IamError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
        }
        const users = records.users.filter((each) => each !== user);
        return { records: { ...records, users }, result: undefined };
      }),

    createAccessKey: (userName) =>
      identities.change((records) => {
        const user = userNamed(records, userName);
        if (user.keys.length >= maximumKeysPerUser) {
          throw new IamError(
            'LimitExceeded',
            `Cannot exceed quota for AccessKeysPerUser: ${maximumKeysPerUser}`,
          );
        }
        const key = newAccessKey(clock.now());
        const result = { ...shownKey(key), secretAccessKey: key.secretAccessKey };
        return { records: withUser(records, { ...user, keys: [...user.keys, key] }), result };
      }),

    setAccessKeyActive: (userName, accessKeyId, active) =>
      editKey(userName, accessKeyId, (key) => [{ ...key, active }]),
    deleteAccessKey: (userName, accessKeyId) => editKey(userName, accessKeyId, () => []),

    findAccessKey: (accessKeyId) => {
      const found = identities.key(accessKeyId);
      if (found === undefined) throw noSuchKey(accessKeyId);
      return { userName: found.user.name, key: shownKey(found.key) };
    },
  };
}

const noSuchKey = (accessKeyId: string): IamError =>
  new IamError('NoSuchEntity', `The Access Key with id ${accessKeyId} cannot be found.`);
