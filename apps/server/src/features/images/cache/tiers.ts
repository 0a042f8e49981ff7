import { createSingleFlight } from '../single-flight.ts';
import type { DiskTier } from './disk-tier.ts';
import type { MemoryTier } from './memory-tier.ts';
import type { CachedPicture, PictureFacts, PictureTier } from './picture-tier.ts';
import type { TierUsage } from './tier-usage.ts';
import { createWriteBehind } from './write-behind.ts';

export type TierName = PictureTier['name'];

export interface FoundPicture {
  picture: CachedPicture;
  tier: TierName;
}

export interface FindOptions {
  signal: AbortSignal;
  /** The tier of the source's team, where it has one. */
  bucket: PictureTier | null;
  /** False for a picture that was purged: it does not count, and is deleted where it was met. */
  isCurrent(facts: PictureFacts): boolean;
}

export interface TierStats extends Partial<TierUsage> {
  hits: number;
  misses: number;
}

export interface PictureTiers extends AsyncDisposable {
  /** From memory, without a promise. */
  peek(key: string, isCurrent: FindOptions['isCurrent']): CachedPicture | null;
  /** Memory, disk, bucket; what is found is kept in the faster ones too. Those who ask at once share one search. */
  find(key: string, options: FindOptions): Promise<FoundPicture | null>;
  /** Memory at once; resolves when it is on disk; the bucket follows while nobody waits. Never rejects. */
  put(key: string, picture: CachedPicture, bucket: PictureTier | null): Promise<void>;
  delete(key: string, bucket: PictureTier | null): Promise<void>;
  clearMemory(): void;
  stats(): Record<TierName, TierStats> & {
    writeBehind: { waitingBytes: number; written: number; lost: number };
  };
}

export interface PictureTiersOptions {
  memory: MemoryTier;
  /** Null where nothing is kept on disk. It is disposed with the tiers. */
  disk: DiskTier | null;
  /** Pictures on their way to buckets. Default 64 MiB. */
  maxBytesBehind?: number;
}

export const createPictureTiers = ({
  memory,
  disk,
  maxBytesBehind = 64 * 1024 * 1024,
}: PictureTiersOptions): PictureTiers => {
  const flights = createSingleFlight<FoundPicture | null>();
  const behind = createWriteBehind({ maxBytes: maxBytesBehind });
  const counts = {
    memory: { hits: 0, misses: 0 },
    disk: { hits: 0, misses: 0 },
    bucket: { hits: 0, misses: 0 },
  };

  const judge = (
    tier: PictureTier,
    key: string,
    found: CachedPicture | null,
    isCurrent: FindOptions['isCurrent'],
  ): CachedPicture | null => {
    const current = found !== null && isCurrent(found.facts) ? found : null;
    counts[tier.name][current === null ? 'misses' : 'hits'] += 1;
    if (found !== null && current === null) void tier.delete(key);
    return current;
  };

  const peek: PictureTiers['peek'] = (key, isCurrent) => judge(memory, key, memory.peek(key), isCurrent);

  const search = async (key: string, options: FindOptions): Promise<FoundPicture | null> => {
    const slower = [disk, options.bucket].filter((tier) => tier !== null);
    for (const [index, tier] of slower.entries()) {
      const picture = judge(tier, key, await tier.get(key, options.signal), options.isCurrent);
      if (picture === null) continue;
      for (const faster of [memory, ...slower.slice(0, index)]) void faster.put(key, picture);
      return { picture, tier: tier.name };
    }
    return null;
  };

  return {
    peek,
    find: async (key, options) => {
      const picture = peek(key, options.isCurrent);
      if (picture !== null) return { picture, tier: 'memory' };
      const found = await flights.run(key, options.signal, (signal) => search(key, { ...options, signal }));
      // The search may have begun for somebody who did not know of a purge yet.
      return found !== null && options.isCurrent(found.picture.facts) ? found : null;
    },
    put: async (key, picture, bucket) => {
      await memory.put(key, picture);
      if (bucket !== null) behind.add(bucket, key, picture);
      await disk?.put(key, picture);
    },
    delete: async (key, bucket) => {
      await Promise.all([memory.delete(key), disk?.delete(key), bucket?.delete(key)]);
    },
    clearMemory: () => memory.clear(),
    stats: () => ({
      memory: { ...counts.memory, ...memory.usage() },
      disk: { ...counts.disk, ...disk?.usage() },
      bucket: counts.bucket,
      writeBehind: behind.stats(),
    }),
    [Symbol.asyncDispose]: async () => {
      await behind[Symbol.asyncDispose]();
      await disk?.[Symbol.asyncDispose]();
    },
  };
};
