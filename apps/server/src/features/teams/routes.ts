import {
  acceptInvitation,
  createApiKey,
  createInvitation,
  createTeam,
  getTeam,
  listApiKeys,
  listInvitations,
  listMembers,
  listTeams,
  lookUpInvitation,
  removeMember,
  revokeApiKey,
  revokeInvitation,
  updateMember,
  updateTeam,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import {
  beginSession,
  refuseForeignSignIn,
  setInvitationCookie,
  toClient,
  type AuthService,
} from '../auth/index.ts';
import type { TeamsService } from './service.ts';

export const registerTeamsRoutes = (app: FastifyInstance, teams: TeamsService, auth: AuthService): void => {
  registerOperation(app, listTeams, async ({ actor }) => ({
    items: await teams.list(actor),
    nextCursor: null,
  }));
  registerOperation(app, createTeam, ({ actor, body }) => teams.create(actor, body.name));
  registerOperation(app, getTeam, ({ actor, params }) => teams.show(actor, params.teamId));
  registerOperation(app, updateTeam, ({ actor, params, body, requireMatch }) =>
    teams.rename(actor, params.teamId, body.name, requireMatch),
  );

  registerOperation(app, listMembers, ({ actor, params, query }) =>
    teams.members.list(actor, params.teamId, query),
  );
  registerOperation(app, updateMember, ({ actor, params, body }) =>
    teams.members.changeRole(actor, params.teamId, params.userId, body.role),
  );
  registerOperation(app, removeMember, ({ actor, params }) =>
    teams.members.remove(actor, params.teamId, params.userId),
  );

  registerOperation(app, listInvitations, ({ actor, params, query }) =>
    teams.invitations.list(actor, params.teamId, query),
  );
  registerOperation(app, createInvitation, ({ actor, params, body }) =>
    teams.invitations.create(actor, params.teamId, { ...body, email: body.email ?? null }),
  );
  registerOperation(app, revokeInvitation, ({ actor, params }) =>
    teams.invitations.revoke(actor, params.teamId, params.invitationId),
  );
  registerOperation(app, lookUpInvitation, async ({ body, reply }) => {
    const found = await teams.invitations.lookUp(body.token);
    if (auth.oidc !== null) setInvitationCookie(reply, body.token, auth.publicUrl());
    return found;
  });
  registerOperation(app, acceptInvitation, async ({ actor, body, request, reply }) => {
    refuseForeignSignIn(request, auth.publicUrl());
    const { me, session } = await teams.invitations.accept(
      actor,
      { token: body.token, account: body.account ?? null },
      toClient(request),
    );
    if (session !== null) await beginSession(auth, request, reply, session);
    return me;
  });

  registerOperation(app, listApiKeys, ({ actor, params, query }) =>
    teams.apiKeys.list(actor, params.teamId, query),
  );
  registerOperation(app, createApiKey, async ({ actor, params, body }) => {
    const { apiKey, secret } = await teams.apiKeys.create(actor, params.teamId, {
      ...body,
      expiresInDays: body.expiresInDays ?? null,
    });
    return { apiKey, secret: secret.reveal() };
  });
  registerOperation(app, revokeApiKey, ({ actor, params }) =>
    teams.apiKeys.revoke(actor, params.teamId, params.apiKeyId),
  );
};
