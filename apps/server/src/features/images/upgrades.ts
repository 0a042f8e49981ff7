import { LRUCache } from 'lru-cache';
import type { CachedPicture } from './cache/picture-tier.ts';
import type { FindPicture } from './find-picture.ts';
import type { PictureState } from './picture-state.ts';

/** Makes pictures that are asked for often once more, into fewer bytes, while nobody waits for a child. */
export interface Upgrades extends AsyncDisposable {
  asked(state: PictureState, picture: CachedPicture): void;
  /** Requests that were answered without a look at the caches. */
  count(key: string, requests: number): void;
  stats(): { upgraded: number };
}

/** Where the setting is off. */
export const noUpgrades: Upgrades = {
  asked: () => undefined,
  count: () => undefined,
  stats: () => ({ upgraded: 0 }),
  [Symbol.asyncDispose]: async () => undefined,
};

const wanted = {
  jpeg: true,
  png: true,
  webp: true,
  avif: true,
  gif: false,
  blurhash: false,
  thumbhash: false,
  json: false,
};

/**
 * @param requests after which a picture is worth it
 */
export const createUpgrades = ({
  finder,
  requests: threshold = 100,
  onTrouble,
}: {
  finder: FindPicture;
  requests?: number;
  onTrouble(error: unknown): void;
}): Upgrades => {
  const counts = new LRUCache<string, number>({ max: 20_000 });
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let upgraded = 0;

  const count = (key: string, requests: number): number => {
    const total = (counts.get(key) ?? 0) + requests;
    counts.set(key, total);
    return total;
  };

  const upgrade = async (state: PictureState): Promise<void> => {
    try {
      await finder.remake(state, stop.signal);
      upgraded += 1;
    } catch (error) {
      // Dropped because somebody needed the child, or a failure that the first picture did not have: it stays.
      if (!stop.signal.aborted) onTrouble(error);
    } finally {
      running = null;
    }
  };

  return {
    count: (key, requests) => void count(key, requests),
    asked: (state, { facts }) => {
      const { key } = state;
      if (key === null || facts.effort === 'slow' || !wanted[facts.format]) return;
      if (count(key, 1) < threshold || running !== null) return;
      // Whether it works or not, the next try is as many requests away.
      counts.delete(key);
      running = upgrade(state);
    },
    stats: () => ({ upgraded }),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running;
    },
  };
};
