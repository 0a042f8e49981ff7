export { createTeamAccess, type Access, type TeamAccess } from './access.ts';
export { registerTeamsRoutes } from './routes.ts';
export { createTeamsService, type TeamsService } from './service.ts';
export { createTeamsForAccounts } from './teams-for-accounts.ts';
