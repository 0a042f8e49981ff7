export { createSourcesService, type SourcesService } from './service.ts';
export { registerSourceRoutes } from './routes.ts';
export type { ImageOrigin } from './image-url.ts';
export type { ResolvedSource, ResolveSource } from './resolved-source.ts';
export type { DemoSource } from './demo.ts';
export { noPurges, type SourcePurges } from './source-purges.ts';
