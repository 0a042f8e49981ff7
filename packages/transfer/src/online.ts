import { sleep } from './sleep.ts';
import type { OnlineSignal } from './uploader.ts';

/** A browser may say offline and be wrong (virtual networks): after so long it is tried all the same. */
const longestWaitMs = 60_000;

/** Of a page or a worker; elsewhere always online. */
export const browserOnlineSignal = (): OnlineSignal => ({
  isOnline: () => globalThis.navigator?.onLine ?? true,
  onChange: (listener) => {
    if (typeof globalThis.addEventListener !== 'function') return () => undefined;
    globalThis.addEventListener('online', listener);
    globalThis.addEventListener('offline', listener);
    return () => {
      globalThis.removeEventListener('online', listener);
      globalThis.removeEventListener('offline', listener);
    };
  },
});

/** Resolves at once while online, else when the network is back. @throws the signal's reason */
export const waitForNetwork = async (online: OnlineSignal, signal: AbortSignal): Promise<void> => {
  if (online.isOnline()) return;
  const back = new AbortController();
  const stop = online.onChange(() => {
    if (online.isOnline()) back.abort();
  });
  try {
    await sleep(longestWaitMs, AbortSignal.any([signal, back.signal]));
  } catch (error) {
    if (signal.aborted || !back.signal.aborted) throw error;
  } finally {
    stop();
  }
};
