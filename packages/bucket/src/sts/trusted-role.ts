import type { PolicyDocument } from '@windlass/policy';
import { roleOfArn } from '../iam/arns.ts';
import type { StoredRole } from '../iam/identity-records.ts';

/** The role behind an ARN, path and all, or undefined. */
export function findRole(roles: readonly StoredRole[], arn: string): StoredRole | undefined {
  const named = roleOfArn(arn);
  return roles.find((role) => role.name === named?.name && role.path === named.path);
}

/** Read and checked when it was put. */
export const trustOf = ({ trustPolicy }: StoredRole): PolicyDocument =>
  JSON.parse(trustPolicy) as PolicyDocument;
