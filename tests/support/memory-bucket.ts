import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheBucket } from '../../apps/server/src/features/images/cache/bucket-tier.ts';
import { AppError } from '../../apps/server/src/kernel/app-error.ts';

/** A bucket in memory for what only reads, writes and deletes. While `broken` it fails, and each call takes `pace` ms. */
export const createMemoryBucket = () => {
  const objects = new Map<string, Uint8Array>();
  const state = { objects, calls: 0, running: 0, mostRunning: 0, broken: false, pace: 0 };
  const call = async <T>(signal: AbortSignal, work: () => T): Promise<T> => {
    state.calls += 1;
    state.running += 1;
    state.mostRunning = Math.max(state.mostRunning, state.running);
    try {
      await sleep(state.pace, undefined, { signal });
      if (state.broken) throw new AppError('originFailed', 'The bucket did not answer as expected.');
      return work();
    } finally {
      state.running -= 1;
    }
  };
  const bucket: CacheBucket = {
    getObject: (key, { signal, maxBytes }) =>
      call(signal, () => {
        const bytes = objects.get(key);
        if (bytes === undefined) throw new AppError('notFound', 'There is no such object.');
        if (bytes.byteLength > maxBytes) throw new AppError('payloadTooLarge', 'The object is too large.');
        return { bytes };
      }),
    putObject: (key, body, { signal }) => call(signal, () => void objects.set(key, body)),
    deleteObject: (key, { signal }) => call(signal, () => void objects.delete(key)),
  };
  return Object.assign(state, { bucket });
};
