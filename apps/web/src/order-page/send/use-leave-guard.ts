import { useEffect } from 'react';
import { totalsOf } from '../files/order-file.ts';
import { useOrderState } from '../session/session-context.ts';

/** Whether bytes are under way, or wait for it. */
const useIsUnderWay = (): boolean =>
  useOrderState(({ files, receipt, order }) => {
    const { waiting, sending } = totalsOf(files).byState;
    return receipt === null && order !== null && waiting + sending > 0;
  });

/** Asks before the page is left while files are on their way. */
export const useLeaveGuard = (): void => {
  const underWay = useIsUnderWay();
  useEffect(() => {
    if (!underWay) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [underWay]);
};

/** Keeps a phone's screen on while files are on their way: many stop the network with it. */
export const useWakeLock = (): void => {
  const underWay = useIsUnderWay();
  useEffect(() => {
    if (!underWay || !('wakeLock' in navigator)) return;
    const ended = new AbortController();
    let held: WakeLockSentinel | null = null;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        held = await navigator.wakeLock.request('screen');
        if (ended.signal.aborted) await held.release();
      } catch {
        // A low battery or a frame may not: the upload goes on as long as the screen does.
      }
    };
    // The browser lets go of it when the page is hidden.
    document.addEventListener('visibilitychange', () => void hold(), { signal: ended.signal });
    void hold();
    return () => {
      ended.abort();
      void held?.release();
    };
  }, [underWay]);
};
