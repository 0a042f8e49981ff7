import type { IamAccessKey, IamRole, IamUser } from '../iam/bucket-iam.ts';
import { encodePercent } from '../http/percent.ts';
import type { XmlElements } from '../xml/write-xml.ts';

/** IAM's times have no fractions of seconds. */
export const isoSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** Where a time was not kept IAM's clients still want one. */
const unknownTime = new Date(0);

export const userElements = (user: IamUser): XmlElements => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.userId,
  Arn: user.arn,
  CreateDate: isoSeconds(user.createdAt ?? unknownTime),
});

export const roleElements = (role: IamRole): XmlElements => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: isoSeconds(role.createdAt),
  // IAM tells policies percent-encoded (RFC 3986); its clients decode them.
  AssumeRolePolicyDocument: encodePercent(role.trustPolicy),
  Description: role.description === '' ? undefined : role.description,
  MaxSessionDuration: role.maxSessionSeconds,
});

export const keyElements = (userName: string, key: IamAccessKey): XmlElements => ({
  UserName: userName,
  AccessKeyId: key.accessKeyId,
  Status: key.active ? 'Active' : 'Inactive',
  CreateDate: isoSeconds(key.createdAt ?? unknownTime),
});
