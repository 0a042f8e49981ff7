export { ensurePolicyUser } from './ensure-policy-user.ts';
export { createEmbeddedBucketService, type EmbeddedBucketService } from './service.ts';
export { registerEmbeddedBucketRoutes } from './routes.ts';
