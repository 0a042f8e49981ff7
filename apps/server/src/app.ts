import type { FastifyInstance } from 'fastify';
import type { Features } from './compose/features.ts';
import { registerAuthRoutes } from './features/auth/index.ts';
import { registerConnectionRoutes } from './features/connections/index.ts';
import { registerDownloadRoutes } from './features/downloads/index.ts';
import { registerDropRoutes } from './features/drops/index.ts';
import { registerEmbeddedBucketRoutes } from './features/embedded-bucket/index.ts';
import { registerIdentityRoutes } from './features/identity/index.ts';
import { registerProvisioningRoutes } from './features/provisioning/index.ts';
import { registerSourceRoutes } from './features/sources/index.ts';
import { registerTeamsRoutes } from './features/teams/index.ts';
import { registerTransferRoutes } from './features/transfers/index.ts';
import { registerUppyRoutes } from './features/uppy/index.ts';
import { registerWebhookRoutes } from './features/webhooks/index.ts';

/** Registers each feature's routes. */
export const registerFeatures = (app: FastifyInstance, features: Features): void => {
  registerAuthRoutes(app, features.auth);
  registerTeamsRoutes(app, features.teams, features.auth);
  registerConnectionRoutes(app, features.connections);
  registerProvisioningRoutes(app, features.provisioning);
  registerSourceRoutes(app, features.sources);
  registerIdentityRoutes(app, features.issuer);
  registerTransferRoutes(app, features);
  registerUppyRoutes(app, features);
  registerDownloadRoutes(app, features);
  registerDropRoutes(app, features.drops);
  registerWebhookRoutes(app, features.webhooks);
  registerEmbeddedBucketRoutes(app, features.embeddedBucket);
};
