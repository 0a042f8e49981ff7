import { LRUCache } from 'lru-cache';
import type { CachedPicture, PictureTier } from './picture-tier.ts';
import type { TierUsage } from './tier-usage.ts';

export interface MemoryTier extends PictureTier {
  readonly name: 'memory';
  /** `get` without a promise, for the answer that must not wait. */
  peek(key: string): CachedPicture | null;
  clear(): void;
  usage(): TierUsage;
}

/** Bytes of the heap for facts, key and the cache's own lists: measured with 100,000 entries, and rounded up. */
const overheadBytes = 1536;
/** One picture takes at most this share, so that a few large ones do not drive out all the others. */
const largestShare = 1 / 16;

/** @param maxBytes of pictures and what is kept beside them */
export const createMemoryTier = (maxBytes: number): MemoryTier => {
  let evictions = 0;
  const pictures = new LRUCache<string, CachedPicture>({
    maxSize: Math.max(1, maxBytes),
    sizeCalculation: ({ bytes }) => bytes.byteLength + overheadBytes,
    dispose: (_picture, _key, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  const peek = (key: string): CachedPicture | null => pictures.get(key) ?? null;

  return {
    name: 'memory',
    peek,
    get: async (key) => peek(key),
    put: async (key, { facts, bytes }) => {
      if (bytes.byteLength + overheadBytes > maxBytes * largestShare) pictures.delete(key);
      else pictures.set(key, { facts, bytes: withoutSlack(bytes) });
    },
    delete: async (key) => void pictures.delete(key),
    clear: () => pictures.clear(),
    usage: () => ({ bytes: pictures.calculatedSize, entries: pictures.size, evictions }),
  };
};

/** A view keeps all of its buffer alive, which would not be counted: a copy where that is much larger. */
const withoutSlack = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer.byteLength > bytes.byteLength + overheadBytes ? new Uint8Array(bytes) : bytes;
