import { join } from 'node:path';
import { createRenderPool } from '@windlass/images';
import {
  createDiskTier,
  createImagesServer,
  createMemoryTier,
  createOriginals,
  createPictureTiers,
} from '../features/images/index.ts';
import { comesFromOurselves } from '../features/sources/index.ts';
import type { ReadinessCheck } from '../platform/http/index.ts';
import type { Addresses } from './addresses.ts';
import { createBucketTiers } from './bucket-tiers.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';
import { createImagesObserver, createRenderObserver, watchImages } from './images-metrics.ts';
import { createRenderCheck } from './render-check.ts';

const drainMilliseconds = 10_000;
/** Originals are larger and fewer; made pictures are what is asked for. Both get the same. */
const originalsShare = 1 / 2;

/** The images listener on an origin of its own, what it keeps, and the pool of child processes behind it. */
export const startImages = async (
  { config, log, clock, metrics }: Foundation,
  { connections, sources, drops }: Features,
  { imagesPort, imagesUrl }: Addresses,
  stack: AsyncDisposableStack,
): Promise<ReadinessCheck> => {
  const { cacheDirectory, cacheBytes, memoryBytes, children, upgrade } = config.images;
  const imagesLog = log.child({ part: 'images' });
  const originalsBytes = Math.floor(cacheBytes * originalsShare);
  const originals = stack.use(
    await createOriginals({
      folder: join(cacheDirectory, 'originals'),
      maxBytes: originalsBytes,
      clock,
      log: imagesLog,
    }),
  );
  const disk = await createDiskTier({
    folder: join(cacheDirectory, 'results'),
    maxBytes: cacheBytes - originalsBytes,
    log: imagesLog,
  });
  const tiers = stack.use(createPictureTiers({ memory: createMemoryTier(memoryBytes), disk }));
  const pool = stack.use(
    createRenderPool({
      ...(children === null ? {} : { size: children }),
      observe: createRenderObserver(metrics),
    }),
  );
  const server = stack.use(
    await createImagesServer({
      host: config.host,
      port: imagesPort,
      imagesHost: config.imagesHost,
      log: imagesLog,
      observer: createImagesObserver(metrics),
      resolveSource: async (name) =>
        (await sources.resolveSource(name)) ?? drops.pictures.resolveSource(name),
      openOrigin: sources.openOrigin,
      openBucketTier: createBucketTiers({ connections, clock, log: imagesLog }),
      recordUsage: sources.recordUsage,
      originals,
      tiers,
      pool,
      clock,
      upgrade,
      drainMilliseconds,
      comesFromOurselves: (cdnLoop) => comesFromOurselves(cdnLoop, imagesUrl),
    }),
  );
  stack.defer(sources.onChange(() => server.sourceChanged()));
  // Pictures of a source may be drawn into those of any other.
  stack.defer(sources.onPurge(() => server.purge(null)));
  watchImages(metrics, { pool, tiers, originals, server });
  return createRenderCheck(pool, stack);
};
