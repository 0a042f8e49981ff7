import { useMutation } from '@tanstack/react-query';
import { checkConnection, finishBrowserProbe, startBrowserProbe, type CheckReport } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { sendProbes } from '../../lib/browser-probe.ts';
import { useRefreshConnection } from './use-refresh.ts';

/** A bucket that does not answer makes each row wait for its own time limit. */
const checkTimeoutMilliseconds = 120_000;

/** Whether this page's own try could tell anything: the bucket answers, and something is done from browsers. */
export const wantsBrowser = ({ rows }: CheckReport): boolean =>
  rows.every(({ state }) => state !== 'failed') &&
  rows.some(({ id, state }) => id.startsWith('browser') && state === 'unknown');

/**
 * Runs the check of a connection, then tries from this very page, and refreshes what shows its state. Given the report of
 * a check that has just run, only the page's own part is done.
 */
export const useCheck = (teamId: string, connectionId: string) => {
  const refresh = useRefreshConnection(teamId, connectionId);
  const params = { teamId, connectionId };
  return useMutation({
    mutationKey: ['check', connectionId],
    mutationFn: async (fresh: CheckReport | null) => {
      const report =
        fresh ?? (await call(checkConnection, { params, timeoutMilliseconds: checkTimeoutMilliseconds }));
      if (!wantsBrowser(report)) return report;
      const { token, requests } = await call(startBrowserProbe, { params });
      const results = await sendProbes(requests);
      return call(finishBrowserProbe, { params, body: { token, results } });
    },
    onSettled: refresh,
  });
};
