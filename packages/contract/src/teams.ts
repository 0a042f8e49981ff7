import { z } from 'zod';
import { email, linkToken, me, password, personName } from './auth.ts';
import { apiKeyId, invitationId, teamId, userId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';
import { role, scope } from './scopes.ts';

const tag = 'Teams';
const inTeam = z.object({ teamId });

export const teamName = z.string().trim().min(1).max(80);
export const team = z
  .object({ id: teamId, name: z.string(), createdAt: timestamp, role, demo: z.boolean() })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof team>;

export const member = z
  .object({ userId, name: z.string(), email: z.string(), role, joinedAt: timestamp })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof member>;

export const invitation = z
  .object({
    id: invitationId,
    email: z.string().nullable(),
    role,
    createdAt: timestamp,
    expiresAt: timestamp,
    invitedBy: z.string(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

export const apiKey = z
  .object({
    id: apiKeyId,
    name: z.string(),
    hint: z.string().meta({ description: 'Last four characters' }),
    scopes: z.array(scope),
    createdAt: timestamp,
    createdBy: z.string(),
    lastUsedAt: timestamp.nullable(),
    expiresAt: timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

export const listTeams = operation({
  id: 'listTeams',
  method: 'GET',
  path: '/api/v1/teams',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Your teams',
  response: listOf(team),
});
export const createTeam = operation({
  id: 'createTeam',
  method: 'POST',
  path: '/api/v1/teams',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make a team; you become its owner',
  body: z.object({ name: teamName }),
  response: team,
});
export const getTeam = operation({
  id: 'getTeam',
  method: 'GET',
  path: '/api/v1/teams/:teamId',
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Show a team',
  params: inTeam,
  response: team,
});
export const updateTeam = operation({
  id: 'updateTeam',
  method: 'PATCH',
  path: '/api/v1/teams/:teamId',
  tag,
  access: 'signed-in',
  status: 200,
  versioned: true,
  summary: 'Rename a team',
  params: inTeam,
  body: z.object({ name: teamName }),
  response: team,
});

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/api/v1/teams/:teamId/members',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Members of a team',
  params: inTeam,
  query: listQuery,
  response: listOf(member),
});
export const updateMember = operation({
  id: 'updateMember',
  method: 'PATCH',
  path: '/api/v1/teams/:teamId/members/:userId',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Change the role of a member',
  params: inTeam.extend({ userId }),
  body: z.object({ role }),
  response: member,
});
export const removeMember = operation({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/members/:userId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Remove a member, or leave',
  params: inTeam.extend({ userId }),
});

export const listInvitations = operation({
  id: 'listInvitations',
  method: 'GET',
  path: '/api/v1/teams/:teamId/invitations',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Open invitations',
  params: inTeam,
  query: listQuery,
  response: listOf(invitation),
});
export const createInvitation = operation({
  id: 'createInvitation',
  method: 'POST',
  path: '/api/v1/teams/:teamId/invitations',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Invite by link; the link is shown once',
  params: inTeam,
  body: z.object({ email: email.optional(), role, expiresInDays: z.int().min(1).max(30).default(7) }),
  response: z.object({ invitation, url: z.string() }),
});
export const revokeInvitation = operation({
  id: 'revokeInvitation',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/invitations/:invitationId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Take an invitation back',
  params: inTeam.extend({ invitationId }),
});
export const lookUpInvitation = operation({
  id: 'lookUpInvitation',
  method: 'POST',
  path: '/api/v1/invitations/look-up',
  tag,
  access: 'public',
  status: 200,
  summary: 'What an invitation link is for',
  body: z.object({ token: linkToken }),
  response: z.object({
    teamName: z.string(),
    role,
    email: z.string().nullable(),
    invitedBy: z.string(),
    expiresAt: timestamp,
  }),
});
export const acceptInvitation = operation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/api/v1/invitations/accept',
  tag,
  access: 'public',
  status: 201,
  summary: 'Join a team, signed in or with a new account',
  body: z.object({
    token: linkToken,
    account: z
      .object({ email, name: personName, password })
      .optional()
      .meta({ description: 'A new account; left out when you are signed in already' }),
  }),
  response: me,
});

export const listApiKeys = operation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api/v1/teams/:teamId/api-keys',
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'API keys of a team',
  params: inTeam,
  query: listQuery,
  response: listOf(apiKey),
});
export const createApiKey = operation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api/v1/teams/:teamId/api-keys',
  tag,
  access: 'signed-in',
  status: 201,
  summary: 'Make an API key; it is shown once',
  params: inTeam,
  body: z.object({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(scope).min(1),
    expiresInDays: z.int().min(1).max(3650).optional(),
  }),
  response: z.object({ apiKey, secret: z.string() }),
});
export const revokeApiKey = operation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/v1/teams/:teamId/api-keys/:apiKeyId',
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Revoke an API key at once',
  params: inTeam.extend({ apiKeyId }),
});
