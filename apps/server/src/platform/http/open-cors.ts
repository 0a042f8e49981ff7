import type { FastifyInstance } from 'fastify';
import { routedAddress } from './routed-address.ts';

/**
 * What pages of any origin may call: whoever calls shows a token that the page was given, and no cookie is ever looked at.
 * Everything else answers our own origin alone.
 */
const openPrefixes = ['/api/v1/uploads/', '/uppy/'] as const;

/** Chromium keeps a preflight's answer for two hours at most, Firefox for a day (Fetch standard, CORS-preflight cache). */
const preflightSeconds = 24 * 60 * 60;

/** Uppy's own two, beside what the API reads. */
const requestHeaders = 'authorization, content-type, idempotency-key, uppy-auth-token, uppy-versions';
const responseHeaders = 'retry-after, x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset';

/**
 * CORS for calls that are open to any page (Fetch standard, CORS protocol), without credentials: `*` is safe where a browser
 * adds nothing of its own. Errors carry the headers too, else a page would learn only that something failed. Register it
 * before whatever may refuse a request.
 */
export const registerOpenCors = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request, reply) => {
    const address = routedAddress(request);
    // The list itself has no slash behind it; what only begins alike is no part of it.
    if (!openPrefixes.some((prefix) => `${address}/`.startsWith(prefix))) return;
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': responseHeaders,
      // The answer is read by another origin: what keeps it to ours (CORP) would contradict that.
      'cross-origin-resource-policy': 'cross-origin',
    });
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight) return;
    return reply
      .headers({
        'access-control-allow-methods': 'GET, POST, PUT, DELETE',
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': String(preflightSeconds),
      })
      .status(204)
      .send();
  });
};
