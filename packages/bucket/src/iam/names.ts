import { IamError } from './iam-error.ts';

const check =
  (pattern: RegExp, what: string, allowed: string) =>
  (text: string): void => {
    if (!pattern.test(text)) {
      throw new IamError(
        'ValidationError',
        `The specified value for ${what} is invalid. It must have ${allowed}.`,
      );
    }
  };

const nameCharacters = 'only alphanumeric characters and +=,.@_-';

/** IAM: IAM and AWS STS quotas, "IAM name requirements". All throw ValidationError. */
export const checkUserName = check(/^[\w+=,.@-]{1,64}$/, 'userName', `1 to 64 characters, ${nameCharacters}`);
export const checkRoleName = check(/^[\w+=,.@-]{1,64}$/, 'roleName', `1 to 64 characters, ${nameCharacters}`);
export const checkPolicyName = check(
  /^[\w+=,.@-]{1,128}$/,
  'policyName',
  `1 to 128 characters, ${nameCharacters}`,
);
export const checkPath = check(
  /^(?:\/|\/[!-~]{1,510}\/)$/,
  'path',
  'a slash at both ends and at most 512 printable characters',
);
/** STS: AssumeRole, RoleSessionName and ExternalId. */
export const checkSessionName = check(
  /^[\w+=,.@-]{2,64}$/,
  'roleSessionName',
  `2 to 64 characters, ${nameCharacters}`,
);
export const checkExternalId = check(
  /^[\w+=,.@:/-]{2,1224}$/,
  'externalId',
  '2 to 1224 characters, only alphanumeric characters and +=,.@:/_-',
);

/** Two names that differ in case only are one (IAM: names must be unique and are not distinguished by case). */
export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
