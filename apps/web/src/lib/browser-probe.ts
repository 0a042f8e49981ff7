import type {
  finishBrowserProbe,
  OperationCall,
  OperationResult,
  startBrowserProbe,
} from '@windlass/contract';

type Started = NonNullable<OperationResult<typeof startBrowserProbe>>;
type Seen = NonNullable<OperationCall<typeof finishBrowserProbe>['body']>['results'][number];

const timeoutMilliseconds = 15_000;

/**
 * Sends the pre-signed requests as an upload of this page would be sent, and tells what the page could see. A request
 * that CORS refuses looks to a page like one that never came through: the status is then null (Fetch: network error).
 */
export const sendProbes = (requests: Started['requests']): Promise<Seen[]> =>
  Promise.all(
    requests.map(async ({ step, method, url, headers, body }): Promise<Seen> => {
      const startedAt = performance.now();
      const seen = (status: number | null, etag: string | null): Seen => ({
        step,
        status,
        etag,
        durationMilliseconds: Math.round(performance.now() - startedAt),
      });
      try {
        const answer = await fetch(url, {
          method,
          headers,
          body,
          mode: 'cors',
          credentials: 'omit',
          cache: 'no-store',
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMilliseconds),
        });
        await answer.body?.cancel();
        return seen(answer.status, answer.headers.get('etag'));
      } catch {
        // The browser tells a page nothing more; the server's own preflight row says which of the two it was.
        return seen(null, null);
      }
    }),
  );
