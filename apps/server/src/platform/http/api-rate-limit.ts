import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.ts';
import { actorIdOf } from './actor-id.ts';
import { isUploadToken } from '../crypto/token.ts';
import { bearerOf } from './bearer.ts';
import { toLimitKey } from './limit-key.ts';
import { rateLimitHeaders, type CreateRateLimiter, type RateLimiter } from './rate-limit.ts';
import { routedAddress } from './routed-address.ts';

/** Strangers share addresses (offices, schools) but need few calls. */
const anonymousShare = 4;
/** Holders of upload grants share addresses too, and a large upload takes many calls. */
const holdersFactor = 4;

const keyOf = (actor: Actor | null, address: string): string =>
  actorIdOf(actor) ?? `address:${toLimitKey(address)}`;

/** Bounds the API calls of one caller; the RateLimit-* headers tell how many are left. */
export const registerApiRateLimit = (
  app: FastifyInstance,
  createRateLimiter: CreateRateLimiter,
  requestsPerMinute: number,
): void => {
  if (requestsPerMinute === 0) return;
  const known = createRateLimiter({ name: 'api', points: requestsPerMinute, durationSeconds: 60 });
  const anonymous = createRateLimiter({
    name: 'api-anonymous',
    points: Math.ceil(requestsPerMinute / anonymousShare),
    durationSeconds: 60,
  });
  const holders = createRateLimiter({
    name: 'api-uploads',
    points: requestsPerMinute * holdersFactor,
    durationSeconds: 60,
  });
  // The form of a token is all that is known here, and anybody can make one up: it counts where tokens are of use alone.
  const limiterOf = (request: FastifyRequest): RateLimiter => {
    if (request.actor !== null) return known;
    const uploading = routedAddress(request).startsWith('/api/v1/uploads');
    return uploading && isUploadToken(bearerOf(request.headers.authorization) ?? '') ? holders : anonymous;
  };
  // Runs after the hook that recognises the caller.
  app.addHook('onRequest', async (request, reply) => {
    if (!routedAddress(request).startsWith('/api/v1/')) return;
    const state = await limiterOf(request).consume(keyOf(request.actor, request.ip));
    reply.headers(rateLimitHeaders(state));
  });
};
