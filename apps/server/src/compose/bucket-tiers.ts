import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { ConnectionsService } from '../features/connections/index.ts';
import { createBucketTier, type BucketTier, type PictureTier } from '../features/images/index.ts';
import type { ResolvedSource } from '../features/sources/index.ts';

interface BucketTiersDeps {
  connections: Pick<ConnectionsService, 'openBucket'>;
  clock: Clock;
  log: Log;
}

/** One tier a connection, which is opened at each use: its credentials may have been replaced. */
export const createBucketTiers = ({ connections, clock, log }: BucketTiersDeps) => {
  const tiers = new Map<string, BucketTier>();
  return async (source: ResolvedSource): Promise<PictureTier | null> => {
    const { teamId, cacheConnectionId } = source;
    if (cacheConnectionId === null) return null;
    const name = `${teamId} ${cacheConnectionId}`;
    const known = tiers.get(name);
    if (known !== undefined) return known;
    const open = () => connections.openBucket(teamId, cacheConnectionId);
    const tier = createBucketTier({
      clock,
      log,
      bucket: {
        getObject: async (key, options) => (await open()).getObject(key, options),
        putObject: async (key, body, options) => (await open()).putObject(key, body, options),
        deleteObject: async (key, options) => (await open()).deleteObject(key, options),
      },
    });
    tiers.set(name, tier);
    return tier;
  };
};
