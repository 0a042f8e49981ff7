import type { EndpointGuard } from '../net/index.ts';
import { sendPlain } from './plain-request.ts';
import { PlainHttpToTls, timed, type ProbeOutcome } from './probe-outcome.ts';
import { createScrub } from './scrub.ts';

/** What anybody can learn of an endpoint without credentials. */
export interface EndpointFacts {
  /** How far the server's clock is ahead of this machine's; null without a Date header. */
  clockAheadMilliseconds: number | null;
  /** The Server header; null without one. */
  server: string | null;
}

/** DNS, TCP, TLS and any HTTP answer at all, without a signature. */
export const probeEndpoint = (
  guard: EndpointGuard,
  endpoint: string,
  signal: AbortSignal,
): Promise<ProbeOutcome<EndpointFacts>> =>
  timed(async () => {
    const agents = guard.agentsFor(endpoint);
    try {
      const startedAt = Date.now();
      const { status, headers, body } = await sendPlain(agents, agents.endpoint.origin, {
        method: 'GET',
        signal,
      });
      const middle = (startedAt + Date.now()) / 2;
      if (status === 400 && /HTTP request .{0,20}to .{0,12}HTTPS/i.test(body.toString('latin1')))
        throw new PlainHttpToTls();
      const date = Date.parse(headers.date ?? '');
      return {
        // The header counts whole seconds and cuts off the rest.
        clockAheadMilliseconds: Number.isNaN(date) ? null : Math.round(date + 500 - middle),
        server: typeof headers.server === 'string' ? headers.server : null,
      };
    } finally {
      agents.destroy();
    }
  }, createScrub(null));
