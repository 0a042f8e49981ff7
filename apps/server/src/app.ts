import type { FastifyInstance } from 'fastify';
import type { Features } from './compose/features.ts';
import { registerAuthRoutes } from './features/auth/index.ts';
import { registerTeamsRoutes } from './features/teams/index.ts';

/** Registers each feature's routes. */
export const registerFeatures = (app: FastifyInstance, { auth, teams }: Features): void => {
  registerAuthRoutes(app, auth);
  registerTeamsRoutes(app, teams, auth);
};
