import type { PolicyHolder } from './bucket-iam.ts';
import { IamError } from './iam-error.ts';
import type { IdentityRecords, StoredPolicies, StoredRole, StoredUser } from './identity-records.ts';
import { sameName } from './names.ts';

/** Throws NoSuchEntity. */
export function userNamed({ users }: Pick<IdentityRecords, 'users'>, name: string): StoredUser {
  const user = users.find((each) => sameName(each.name, name));
  if (user === undefined) throw new IamError('NoSuchEntity', `The user with name ${name} cannot be found.`);
  return user;
}

/** Throws NoSuchEntity. */
export function roleNamed({ roles }: Pick<IdentityRecords, 'roles'>, name: string): StoredRole {
  const role = roles.find((each) => sameName(each.name, name));
  if (role === undefined) throw new IamError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  return role;
}

/** The records with this user, new or in the place of the one with its id. */
export const withUser = (records: IdentityRecords, user: StoredUser): IdentityRecords => ({
  ...records,
  users: [...records.users.filter((each) => each.userId !== user.userId), user],
});

/** As `withUser`. */
export const withRole = (records: IdentityRecords, role: StoredRole): IdentityRecords => ({
  ...records,
  roles: [...records.roles.filter((each) => each.roleId !== role.roleId), role],
});

/** Edits the policies of a user or a role. Throws NoSuchEntity and what the edit throws. */
export function editPolicies(
  records: IdentityRecords,
  holder: PolicyHolder,
  edit: (policies: StoredPolicies) => StoredPolicies,
): IdentityRecords {
  if ('user' in holder) {
    const user = userNamed(records, holder.user);
    return withUser(records, { ...user, ...edit(user) });
  }
  const role = roleNamed(records, holder.role);
  return withRole(records, { ...role, ...edit(role) });
}

/** By name, as IAM lists everything. */
export const byName = <Named extends { readonly name: string }>(all: readonly Named[]): Named[] =>
  all.toSorted((left, right) => (left.name < right.name ? -1 : 1));
