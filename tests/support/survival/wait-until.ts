import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for a moment in the middle of something.
 *
 * @throws Error when it has not come for a minute
 * @example await waitUntil('a part is there', () => proxy.bytesPut() > 8_000_000);
 */
export const waitUntil = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  { everyMilliseconds = 10, forMilliseconds = 60_000 } = {},
): Promise<void> => {
  for (const deadline = Date.now() + forMilliseconds; !(await holds()); await delay(everyMilliseconds))
    if (Date.now() > deadline) throw new Error(`${what}: not after ${forMilliseconds} ms.`);
};
