import { roles, type Role } from '@windlass/contract';
import type { AccessRule } from '../../kernel/access-rule.ts';

/** Who may do what in a team: the least role of a person (or of an API key's maker), and the scope that an API key needs. */
export const teamPolicy = {
  show: { role: 'member', scope: 'team:read' },
  rename: { role: 'owner', scope: 'team:write' },
  listMembers: { role: 'member', scope: 'team:read' },
  changeRole: { role: 'admin', scope: 'team:write' },
  removeMember: { role: 'admin', scope: 'team:write' },
  leave: { role: 'member', scope: 'team:write' },
  listInvitations: { role: 'admin', scope: 'team:read' },
  invite: { role: 'admin', scope: 'team:write' },
  revokeInvitation: { role: 'admin', scope: 'team:write' },
  listApiKeys: { role: 'admin', scope: 'team:read' },
  createApiKey: { role: 'admin', scope: 'team:write' },
  revokeApiKey: { role: 'admin', scope: 'team:write' },
} as const satisfies Record<string, AccessRule>;
export type TeamAction = keyof typeof teamPolicy;

/**
 * What only a person may do. An API key may take rights away but never hand them out: whoever holds one could
 * otherwise make a wider key, or a member, out of it.
 */
export const peopleOnly: ReadonlySet<TeamAction> = new Set(['changeRole', 'invite', 'createApiKey', 'leave']);

/** The roles that a role may give to others, and whose holders it may change or remove. */
export const manageableRoles = {
  owner: ['owner', 'admin', 'member'],
  admin: ['admin', 'member'],
  member: [],
} as const satisfies Record<Role, readonly Role[]>;

/** @example mayManage('admin', 'owner') // false */
export const mayManage = (own: Role, other: Role): boolean =>
  (manageableRoles[own] as readonly Role[]).includes(other);

/** True when `own` is `least` or above it. */
export const reaches = (own: Role, least: Role): boolean => roles.indexOf(own) <= roles.indexOf(least);
