export { createSourcesService, type SourcesService } from './service.ts';
export { registerSourceRoutes } from './routes.ts';
export type { ImageOrigin } from './image-url.ts';
export type { Origin, OriginFacts, OriginObject } from './origin.ts';
export type { OriginPlace, ResolvedSource, ResolveSource } from './resolved-source.ts';
export { noPurges, type SourcePurges } from './source-purges.ts';
export type { RecordUsage } from './usage/usage-recorder.ts';
export type { DemoSource } from './demo.ts';
