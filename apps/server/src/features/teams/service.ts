import { createApiKeys, type ApiKeys } from './api-keys.ts';
import type { TeamsDeps } from './deps.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createMembers, type Members } from './members.ts';
import { createTeams, type Teams } from './teams.ts';

/** Teams: what belongs together, who belongs to it, and which programs may act for it. */
export interface TeamsService extends Teams {
  members: Members;
  invitations: Invitations;
  apiKeys: ApiKeys;
}

export const createTeamsService = (deps: TeamsDeps): TeamsService => {
  const own = { ...deps, log: deps.log.child({ feature: 'teams' }) };
  return {
    ...createTeams(own),
    members: createMembers(own),
    invitations: createInvitations(own),
    apiKeys: createApiKeys(own),
  };
};
