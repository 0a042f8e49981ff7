import type { FastifyInstance } from 'fastify';

interface SecurityOptions {
  /** Origin of the pictures that pages show. */
  imagesOrigin: string;
  /** True where the public address is https. */
  https: boolean;
}

const policy = (directives: Record<string, string>): string =>
  Object.entries(directives)
    .map(([name, value]) => (value === '' ? name : `${name} ${value}`))
    .join('; ');

/** For JSON: nothing may run or load, should a browser be talked into rendering it. */
const apiPolicy = policy({ 'default-src': "'none'", 'frame-ancestors': "'none'", 'base-uri': "'none'" });

/**
 * For the web app. Scripts come from our own files alone. Mantine sets style attributes and one style element for its
 * theme, hence 'unsafe-inline' for styles; blob: and data: are pictures that the page makes itself. Requests may go to
 * any bucket, and pictures come from any, since people's bytes go straight there and which buckets they are is not known
 * when the page is served; without TLS only where we have none ourselves (a laptop).
 */
export const pagePolicy = ({ imagesOrigin, https }: SecurityOptions): string =>
  policy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': `'self' data: blob: ${imagesOrigin} https:${https ? '' : ' http:'}`,
    'font-src': "'self'",
    'connect-src': `'self' ${imagesOrigin} https:${https ? '' : ' http:'}`,
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  });

/**
 * For a page that strangers open and other sites may show in a frame. It loads no picture from elsewhere; its requests go to
 * any bucket, as above.
 *
 * @param page.ancestors origins that may frame it; null: any
 * @param page.services origins whose scripts, styles and frames it shows
 */
export const framedPagePolicy = (
  page: { ancestors: readonly string[] | null; services: readonly string[] },
  { https }: Pick<SecurityOptions, 'https'>,
): string => {
  const from = ["'self'", ...page.services].join(' ');
  return policy({
    'default-src': "'none'",
    'script-src': from,
    'style-src': `${from} 'unsafe-inline'`,
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': `'self' https:${https ? '' : ' http:'}`,
    'worker-src': "'self'",
    ...(page.services.length === 0 ? {} : { 'frame-src': page.services.join(' ') }),
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': page.ancestors === null ? '*' : page.ancestors.join(' ') || "'none'",
  });
};

/** Two years, as the preload list asks (hstspreload.org). */
const strictTransport = 'max-age=63072000; includeSubDomains';

/** The headers that every answer carries, also those that end before a handler runs. */
export const securityHeaders = ({ https }: Pick<SecurityOptions, 'https'>): Record<string, string> => ({
  'content-security-policy': apiPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Links of invitations are in the fragment, but no address of ours is anybody's business.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  ...(https ? { 'strict-transport-security': strictTransport } : {}),
});

export const registerSecurityHeaders = (app: FastifyInstance, options: SecurityOptions): void => {
  const headers = securityHeaders(options);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  const page = pagePolicy(options);
  app.addHook('onSend', async (_request, reply, payload) => {
    // A browser puts the headers of a 304 on the page it has kept (RFC 9111 3.2): the API's policy would shut that page.
    if (reply.statusCode === 304) reply.removeHeader('content-security-policy');
    const type = reply.getHeader('content-type');
    const custom = reply.getHeader('content-security-policy') !== apiPolicy;
    if (!custom && typeof type === 'string' && type.startsWith('text/html')) {
      reply.header('content-security-policy', page);
    }
    return payload;
  });
};
