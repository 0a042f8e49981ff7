export { ensurePolicyUser } from './ensure-policy-user.ts';
export { ownUser } from './own-user.ts';
export { createEmbeddedBucketService, type EmbeddedBucketService } from './service.ts';
export { registerEmbeddedBucketRoutes } from './routes.ts';
