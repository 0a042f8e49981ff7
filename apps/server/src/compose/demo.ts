import type { BucketServer } from '@windlass/bucket';
import { renderSamplePictures } from '@windlass/images/samples';
import { createDemoService } from '../features/demo/index.ts';
import { bucketRegion } from './bucket.ts';
import type { Addresses } from './addresses.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

const seedMilliseconds = 120_000;

/** One of the sample pictures, to try the image server with. */
const samplePicture = 'demo/harbour-at-dawn.jpg?width=600&format=webp';

/** A picture to try, where the demo's source is still there; else null. */
export const demoPictureUrl = async (
  { sources }: Features,
  { imagesUrl }: Addresses,
): Promise<string | null> =>
  (await sources.resolveSource('demo')) === null ? null : `${imagesUrl}/${samplePicture}`;

/** Seeds the first run's demo; a later start finds it done, or goes on with it. A server without pictures is still a server. */
export const seedDemo = async (
  { config, db, clock, log }: Foundation,
  { teams, connections, sources, drops, transfers }: Features,
  { publicUrl }: Addresses,
  bucket: BucketServer | null,
): Promise<void> => {
  if (bucket === null || !config.demo) return;
  const demo = createDemoService({
    db,
    clock,
    log: log.child({ feature: 'demo' }),
    region: bucketRegion,
    bucket,
    ensureDemoTeam: teams.ensureDemoTeam,
    connections,
    drops,
    transfers,
    publicUrl,
    ensureDemoSource: (source) => sources.ensureDemo({ ...source, prefix: '' }),
    renderPictures: renderSamplePictures,
  });
  try {
    await demo.ensure(AbortSignal.timeout(seedMilliseconds));
  } catch (error) {
    log.error({ err: error }, 'the demo could not be made; the next start tries again');
  }
};
