export { createEmbeddedBucketService, type EmbeddedBucketService } from './service.ts';
export { registerEmbeddedBucketRoutes } from './routes.ts';
