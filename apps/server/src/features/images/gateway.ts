import { encoderVersion, type RenderPool } from '@windlass/images';
import type { Clock } from '../../kernel/clock.ts';
import type { Origin, RecordUsage, ResolvedSource, ResolveSource } from '../sources/index.ts';
import type { PictureTier } from './cache/picture-tier.ts';
import type { PictureTiers } from './cache/tiers.ts';
import { countOriginBytes } from './count-origin-bytes.ts';
import { createFailureMemory } from './failure-memory.ts';
import { createFindPicture } from './find-picture.ts';
import { createMakePicture } from './make-picture.ts';
import { createMezzanines } from './mezzanines.ts';
import type { ImagesObserver } from './observer.ts';
import type { Originals } from './originals/held-original.ts';
import { createPictureParts } from './picture-parts.ts';
import { createImageService, type ImageService } from './service.ts';
import { createSettleOriginal } from './settle-original.ts';
import { createFindStandIn } from './stand-ins.ts';
import { createUpgrades, noUpgrades } from './upgrades.ts';

export interface ImagesGatewayDeps {
  resolveSource: ResolveSource;
  openOrigin(source: ResolvedSource): Promise<Origin>;
  /** Of a source with a `cacheConnectionId`; null where it cannot be opened. */
  openBucketTier(source: ResolvedSource): Promise<PictureTier | null>;
  originals: Originals;
  tiers: PictureTiers;
  pool: RenderPool;
  clock: Clock;
  recordUsage: RecordUsage;
  observer: ImagesObserver;
  log: { warn(facts: object, message: string): void };
  /** `images.example.com` turns host-label mode on. */
  imagesHost: string | null;
  /** Whether pictures that are asked for often are made once more, into fewer bytes, while nobody waits. */
  upgrade: boolean;
}

export interface ImagesGateway extends AsyncDisposable {
  service: ImageService;
  /** Requests that were answered without the service. */
  countRequests(key: string, count: number): void;
  stats(): { upgraded: number; mezzanines: number };
}

/** Puts the parts of the images feature together; originals, tiers and pool stay the caller's. */
export const createImagesGateway = (deps: ImagesGatewayDeps): ImagesGateway => {
  const { originals, tiers, pool, clock, observer, recordUsage, log } = deps;
  const encoder = encoderVersion();
  const now = (): number => clock.now().getTime();
  const warn =
    (message: string) =>
    (error: unknown): void =>
      log.warn({ err: error }, message);

  const parts = createPictureParts({
    resolveSource: deps.resolveSource,
    openOrigin: async (source) => countOriginBytes(await deps.openOrigin(source), source, recordUsage),
    imagesHost: deps.imagesHost,
    now,
  });
  const settle = createSettleOriginal({ originals, now });
  const mezzanines = createMezzanines({
    originals,
    pool,
    onTrouble: warn('no stand-in could be made for an original'),
  });
  const finder = createFindPicture({
    tiers,
    bucketTier: deps.openBucketTier,
    make: createMakePicture({ originals, mezzanines, pool, encoder, now }),
    failures: createFailureMemory(clock),
    onJoin: () => observer.joined(),
  });
  const upgrades = deps.upgrade
    ? createUpgrades({ finder, onTrouble: warn('a picture could not be made smaller') })
    : noUpgrades;
  const findStandIn = createFindStandIn({
    parts,
    settle,
    finder,
    encoder,
    onTrouble: ({ source, path }, refusal) =>
      log.warn(
        { sourceId: source.sourceId, path, status: refusal.status, err: refusal.cause },
        'a fallback picture cannot be shown',
      ),
  });
  const service = createImageService({
    parts,
    settle,
    finder,
    findStandIn,
    upgrades,
    encoder,
    now,
    recordUsage,
  });

  return {
    service,
    countRequests: upgrades.count,
    stats: () => ({ ...upgrades.stats(), mezzanines: mezzanines.stats().made }),
    [Symbol.asyncDispose]: async () => {
      await upgrades[Symbol.asyncDispose]();
      await mezzanines[Symbol.asyncDispose]();
    },
  };
};
