import type { FastifyInstance } from 'fastify';
import type { IdentityIssuer } from './issuer.ts';

/** Shorter than the lead that a new key has before it signs. */
const cacheControl = 'public, max-age=3600';

/**
 * What a provider fetches before it takes our tokens: OpenID Connect Discovery 1.0 section 4, and the key set of
 * RFC 7517 section 5. Both are public by their nature.
 */
export const registerIdentityRoutes = (
  app: FastifyInstance,
  issuer: Pick<IdentityIssuer, 'discovery' | 'keySet'>,
): void => {
  app.get('/.well-known/openid-configuration', async (_request, reply) =>
    reply.header('cache-control', cacheControl).send(issuer.discovery()),
  );
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply
      .header('cache-control', cacheControl)
      .type('application/jwk-set+json')
      .send(await issuer.keySet()),
  );
};
