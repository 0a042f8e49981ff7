import type { FastifyInstance } from 'fastify';
import type { Features } from './compose/features.ts';
import { registerAuthRoutes } from './features/auth/index.ts';
import { registerConnectionRoutes } from './features/connections/index.ts';
import { registerEmbeddedBucketRoutes } from './features/embedded-bucket/index.ts';
import { registerIdentityRoutes } from './features/identity/index.ts';
import { registerProvisioningRoutes } from './features/provisioning/index.ts';
import { registerSourceRoutes } from './features/sources/index.ts';
import { registerTeamsRoutes } from './features/teams/index.ts';
import { registerWebhookRoutes } from './features/webhooks/index.ts';

/** Registers each feature's routes. */
export const registerFeatures = (
  app: FastifyInstance,
  { auth, teams, connections, sources, webhooks, provisioning, embeddedBucket, issuer }: Features,
): void => {
  registerAuthRoutes(app, auth);
  registerTeamsRoutes(app, teams, auth);
  registerConnectionRoutes(app, connections);
  registerProvisioningRoutes(app, provisioning);
  registerSourceRoutes(app, sources);
  registerIdentityRoutes(app, issuer);
  registerWebhookRoutes(app, webhooks);
  registerEmbeddedBucketRoutes(app, embeddedBucket);
};
