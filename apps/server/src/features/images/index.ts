export { createImagesServer, type ImagesServer, type ImagesServerDeps } from './server.ts';
export type { AnsweredFrom, AnsweredRequests, ImagesObserver } from './observer.ts';
export { stages, type Stage, type StageTimes } from './stage-clock.ts';
export { createMemoryTier } from './cache/memory-tier.ts';
export { createDiskTier } from './cache/disk-tier.ts';
export { createBucketTier, type BucketTier } from './cache/bucket-tier.ts';
export { createPictureTiers, type PictureTiers } from './cache/tiers.ts';
export type { PictureTier } from './cache/picture-tier.ts';
export { createOriginals, type StoredOriginals } from './originals/originals.ts';
