import { setTimeout as delay } from 'node:timers/promises';

/** A timer is no finer: what is owed is gathered up to it. */
const worthWaitingMilliseconds = 4;

/**
 * Holds back whoever shares it, so that together they are no faster than a line.
 *
 * @param bytesPerSecond null for a line that is as fast as the machine
 * @example for await (const chunk of source) { await pace(chunk.length); … }
 */
export const createPace = (bytesPerSecond: number | null): ((bytes: number) => Promise<void>) => {
  let free = 0;
  return async (bytes) => {
    if (bytesPerSecond === null) return;
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000;
    if (free - now > worthWaitingMilliseconds) await delay(free - now);
  };
};
