export { createTeamAccess, type Access, type TeamAccess } from './access.ts';
