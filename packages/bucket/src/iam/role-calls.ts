import { roleArn } from './arns.ts';
import type { BucketIam, IamRole } from './bucket-iam.ts';
import { byName, roleNamed, withRole } from './edit-records.ts';
import { IamError } from './iam-error.ts';
import type { Identities } from './identities.ts';
import type { StoredRole } from './identity-records.ts';
import { checkPath, checkRoleName, sameName } from './names.ts';
import { newRoleId } from './new-ids.ts';
import { checkedPolicy } from './policy-calls.ts';

/** IAM: IAM and AWS STS quotas. */
const maximumRoles = 1000;
const maximumTrustPolicyLength = 4096;
const sessionSeconds = { minimum: 3600, maximum: 43_200 };
const maximumDescriptionLength = 1000;

type RoleCalls = Pick<BucketIam, 'listRoles' | 'getRole' | 'createRole' | 'setTrustPolicy' | 'deleteRole'>;

export function createRoleCalls(identities: Identities, clock: { now(): Date }): RoleCalls {
  return {
    listRoles: () => byName(identities.records().roles).map(shown),
    getRole: (name) => shown(roleNamed(identities.records(), name)),

    createRole: async ({
      name,
      trustPolicy,
      path = '/',
      description = '',
      maxSessionSeconds = sessionSeconds.minimum,
    }) => {
      checkRoleName(name);
      checkPath(path);
      checkSessionSeconds(maxSessionSeconds);
      if (description.length > maximumDescriptionLength) {
        throw new IamError(
          'ValidationError',
          `A description has at most ${maximumDescriptionLength} characters.`,
        );
      }
      checkTrustPolicy(trustPolicy);
      return identities.change((records) => {
        if (records.roles.some((role) => sameName(role.name, name))) {
          throw new IamError('EntityAlreadyExists', `Role with name ${name} already exists.`);
        }
        if (records.roles.length >= maximumRoles) {
          throw new IamError('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${maximumRoles}`);
        }
        const role: StoredRole = {
          roleId: newRoleId(),
          name,
          path,
          description,
          trustPolicy,
          maxSessionSeconds,
          createdAt: clock.now().toISOString(),
          policies: [],
          boundary: null,
        };
        return { records: withRole(records, role), result: shown(role) };
      });
    },

    setTrustPolicy: async (name, trustPolicy) => {
      checkTrustPolicy(trustPolicy);
      return identities.change((records) => ({
        records: withRole(records, { ...roleNamed(records, name), trustPolicy }),
        result: undefined,
      }));
    },

    deleteRole: (name) =>
      identities.change((records) => {
        const role = roleNamed(records, name);
        if (role.policies.length > 0) {
          throw new IamError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
        }
        const roles = records.roles.filter((each) => each !== role);
        return { records: { ...records, roles }, result: undefined };
      }),
  };
}

const shown = (role: StoredRole): IamRole => ({
  ...role,
  arn: roleArn(role.name, role.path),
  createdAt: new Date(role.createdAt),
});

function checkSessionSeconds(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= sessionSeconds.minimum && seconds <= sessionSeconds.maximum)
    return;
  throw new IamError(
    'ValidationError',
    `MaxSessionDuration must be between ${sessionSeconds.minimum} and ${sessionSeconds.maximum} seconds.`,
  );
}

function checkTrustPolicy(text: string): void {
  checkedPolicy(text, 'trust');
  if (text.length > maximumTrustPolicyLength) {
    throw new IamError(
      'LimitExceeded',
      `Cannot exceed quota for ACLSizePerRole: ${maximumTrustPolicyLength}`,
    );
  }
}
