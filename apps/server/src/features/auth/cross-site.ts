import { AppError } from '../../kernel/app-error.ts';

interface CrossSiteRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** `same-origin` and `none` (typed, bookmarked) come from the person; `same-site` is another app on a sibling host. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses an unsafe request that rides on a person's cookie from another site (CSRF).
 *
 * A browser's own Sec-Fetch-Site decides where it is sent (Fetch Metadata 2.3); pages cannot set it. Browsers leave it
 * out on plain http beyond loopback: there Origin must be ours. Neither of them means no browser, or a very old one,
 * and is refused too, because scripts have API keys.
 *
 * @throws AppError crossSiteRequest
 */
export const refuseCrossSite = (request: CrossSiteRequest, publicUrl: string): void => {
  if (safeMethods.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const own =
    typeof site === 'string'
      ? ownSites.has(site)
      : isOwnOrigin(request.headers['origin'], request, publicUrl);
  if (!own)
    throw new AppError('crossSiteRequest', 'With a session, changes are accepted from this origin only.');
};

/**
 * The same for a call that makes a session (sign-in, accepting an invitation): no cookie rides along, so a caller
 * without either header passes, but another site may not sign a person in to an account of its choosing.
 */
export const refuseForeignSignIn = (request: CrossSiteRequest, publicUrl: string): void => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined || site !== undefined) refuseCrossSite(request, publicUrl);
};

/**
 * The configured public origin, or the origin of the very host that was asked, with the public scheme: a person may
 * reach the same server as localhost and as 127.0.0.1. A page cannot forge Host, and a name that an attacker points at
 * us has none of our cookies.
 */
const isOwnOrigin = (
  origin: string | string[] | undefined,
  request: CrossSiteRequest,
  publicUrl: string,
): boolean => {
  if (typeof origin !== 'string') return false;
  const ours = new URL(publicUrl);
  return origin === ours.origin || origin === `${ours.protocol}//${String(request.headers['host'])}`;
};
