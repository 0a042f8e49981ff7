import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { hashToken } from '../../platform/crypto/token.ts';
import { toLimitKey } from '../../platform/http/limit-key.ts';
import { toProblem } from '../../platform/http/problem.ts';
import type { CreateRateLimiter } from '../../platform/http/rate-limit.ts';
import { translateError } from '../../platform/http/translate-error.ts';
import type { TransfersService } from '../transfers/index.ts';
import { registerCompanionRoutes } from './companion-routes.ts';
import { registerSignRoutes } from './sign-routes.ts';
import { openUppyUploads, type UppyUploads } from './uppy-uploads.ts';

/** A part of 5 MiB is a call: enough for 250 MB a second by one grant. */
const grantRule = { name: 'uppy-grant', points: 3000, durationSeconds: 60 };

/** Offices and schools share an address. */
const addressRule = { name: 'uppy-address', points: 12_000, durationSeconds: 60 };

const tokenOf = (request: FastifyRequest): string =>
  z.object({ grantToken: z.string() }).parse(request.params).grantToken;

interface RouteDeps {
  transfers: Pick<TransfersService, 'grantOf' | 'uploads'>;
  /** Where Uppy is pointed at, by a token. */
  uppyUrls(token: string): { companionUrl: string };
  createRateLimiter: CreateRateLimiter;
}

/**
 * Uppy's own ways of uploading, over the same grants and the same ledger as `/api/v1/uploads`. The grant is in the address,
 * since the 6.x client sends no headers of the page's; addresses are never logged (`request-log.ts`).
 */
export const registerUppyRoutes = (
  app: FastifyInstance,
  { transfers, uppyUrls, createRateLimiter }: RouteDeps,
): void => {
  const perAddress = createRateLimiter(addressRule);
  const perGrant = createRateLimiter(grantRule);
  const opened = new WeakMap<FastifyRequest, UppyUploads>();
  // Before the body is read: who has no grant sends none. A token is counted once it is known to be one.
  const open = async (request: FastifyRequest): Promise<void> => {
    await perAddress.consume(toLimitKey(request.ip));
    const token = tokenOf(request);
    opened.set(request, await openUppyUploads(transfers, token));
    await perGrant.consume(hashToken(token));
  };
  const uploadsOf = (request: FastifyRequest): UppyUploads => {
    const uploads = opened.get(request);
    if (uploads === undefined) throw new Error('The grant is opened before every call.');
    return uploads;
  };
  void app.register(
    async (scope) => {
      // Its errors and its bodies are its own: what it sets, holds below this address only.
      scope.setErrorHandler((error, request, reply) => sendCompanionError(asRefusal(error), request, reply));
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      scope.addHook('onRequest', open);
      scope.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      registerCompanionRoutes(scope, uploadsOf);
      registerSignRoutes(scope, {
        uploadsOf,
        baseOf: (request) => uppyUrls(tokenOf(request)).companionUrl,
      });
    },
    { prefix: '/uppy/:grantToken' },
  );
};

/** What a client sent and no schema took. */
const asRefusal = (error: unknown): unknown =>
  error instanceof z.ZodError
    ? new AppError('invalidRequest', 'The request is not as this call takes it.', {
        errors: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      })
    : error;

/**
 * An error as Companion's clients read it, beside the fields of ours: `error` by its contract, and `message`, which the 5.x
 * client shows to people.
 */
const sendCompanionError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = translateError(thrown);
  if (error.status >= 500) {
    request.log.error({ err: error.code === 'internal' ? error.cause : error }, 'a request failed');
  }
  const problem = toProblem(error, request.id);
  const message = `${problem.title}: ${problem.detail}`;
  return reply
    .status(error.status)
    .headers(error.headers)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ error: message, message, ...problem });
};
