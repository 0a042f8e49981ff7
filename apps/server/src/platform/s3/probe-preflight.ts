import type { EndpointGuard } from '../net/index.ts';
import { objectUrl } from './object-url.ts';
import { sendPlain } from './plain-request.ts';
import { timed, type ProbeOutcome } from './probe-outcome.ts';
import type { BucketAddress } from './s3-client.ts';
import { createScrub } from './scrub.ts';

/** What a page would ask before it sends a request (Fetch: CORS-preflight request). */
export interface PreflightRequest {
  origin: string;
  method: 'PUT' | 'GET';
  /** In lower case. */
  headers: readonly string[];
}

export interface PreflightAnswer {
  status: number;
  /** Whether a browser would go on and send the request. */
  allowed: boolean;
  /** Why not, in plain words; empty when it would. */
  refusal: string;
}

/** Sends the OPTIONS request that a browser would. It carries no credentials, so it needs no right (CORS is asked before). */
export const probePreflight = (
  guard: EndpointGuard,
  address: BucketAddress,
  key: string,
  wanted: PreflightRequest,
  signal: AbortSignal,
): Promise<ProbeOutcome<PreflightAnswer>> =>
  timed(async () => {
    const virtual = address.addressing === 'virtual';
    const agents = guard.agentsFor(address.endpoint, virtual ? { bucket: address.bucket } : {});
    try {
      const answer = await sendPlain(agents, objectUrl(address, key), {
        method: 'OPTIONS',
        headers: {
          origin: wanted.origin,
          'access-control-request-method': wanted.method,
          'access-control-request-headers': wanted.headers.join(','),
        },
        signal,
      });
      const refusal = preflightRefusal(wanted, answer.status, (name) => {
        const value = answer.headers[name];
        return typeof value === 'string' ? value : null;
      });
      return { status: answer.status, allowed: refusal === '', refusal };
    } finally {
      agents.destroy();
    }
  }, createScrub(null));

/**
 * Judges an answer as a browser does.
 *
 * Source: https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export const preflightRefusal = (
  { origin, method, headers }: PreflightRequest,
  status: number,
  header: (name: string) => string | null,
): string => {
  const allowedOrigin = header('access-control-allow-origin');
  if (allowedOrigin === null)
    return `the answer ${status} has no Access-Control-Allow-Origin, so no rule covers ${origin}`;
  if (allowedOrigin !== '*' && allowedOrigin !== origin)
    return `the rules allow ${allowedOrigin} and not ${origin}`;
  if (status < 200 || status > 299) return `the preflight was answered with ${status}`;
  const methods = listOf(header('access-control-allow-methods'));
  // GET, HEAD and POST need not be named.
  if (method !== 'GET' && !methods.includes('*') && !methods.includes(method.toLowerCase()))
    return `the method ${method} is not allowed`;
  const allowed = listOf(header('access-control-allow-headers'));
  const lacking = allowed.includes('*') ? [] : headers.filter((name) => !allowed.includes(name));
  return lacking.length === 0 ? '' : `the header ${lacking.join(', ')} is not allowed`;
};

const listOf = (text: string | null): string[] =>
  (text ?? '').split(',').map((entry) => entry.trim().toLowerCase());
