import type { ApiKey, Invitation, Member, Membership, Role, Team } from '@windlass/contract';
import type { NamedApiKey } from './api-key-store.ts';
import type { OpenInvitation } from './invitation-store.ts';
import type { MemberRow } from './membership-store.ts';
import type { TeamRow } from './team-store.ts';

export const presentTeam = (team: TeamRow, role: Role): Team => ({
  id: team.id,
  name: team.name,
  createdAt: team.createdAt.toISOString(),
  role,
  demo: team.demo,
});

export const presentMembership = (team: TeamRow & { role: Role }): Membership => ({
  teamId: team.id,
  teamName: team.name,
  role: team.role,
});

export const presentMember = (member: MemberRow): Member => ({
  userId: member.userId,
  name: member.name,
  email: member.email,
  role: member.role,
  joinedAt: member.joinedAt.toISOString(),
});

export const presentInvitation = (invitation: OpenInvitation): Invitation => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  createdAt: invitation.createdAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
  invitedBy: invitation.invitedBy,
});

export const presentApiKey = (key: NamedApiKey): ApiKey => ({
  id: key.id,
  name: key.name,
  hint: key.hint,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  createdBy: key.makerName,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  expiresAt: key.expiresAt?.toISOString() ?? null,
});
