import cookie from '@fastify/cookie';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { answerClientError } from './client-error.ts';
import { createHostCheck } from './host-check.ts';
import { createKnownRoutes } from './known-routes.ts';
import { registerOpenCors } from './open-cors.ts';
import { refuseUnstorableText } from './plain-text.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import { registerRequestLog } from './request-log.ts';
import { routedAddress } from './routed-address.ts';
import { registerSecurityHeaders } from './security-headers.ts';
import { translateError } from './translate-error.ts';

const MiB = 1024 * 1024;

export interface HttpServerOptions {
  log: FastifyBaseLogger;
  metrics?: Metrics;
  /** Address that the server will listen on; decides whether Host is checked. */
  bindHost: string;
  /** Public origin of the app. */
  publicUrl: string;
  /** Public origin of the pictures that pages show. */
  imagesUrl: string;
  trustProxy: boolean | readonly string[];
  /** Who is calling; null for nobody. Throws AppError for a key that is no longer good or a cross-site call. */
  authenticate?: (request: FastifyRequest) => Promise<Actor | null>;
  /** Answers what no route has, e.g. with the web app; null leaves it to 404 or 405. */
  fallback?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;
  /** Default 1 MiB. */
  bodyLimitBytes?: number;
}

/** The server as its composition sees it. */
export type HttpServer = FastifyInstance;

/**
 * An HTTP server in which every route validates with zod, every error is `application/problem+json` out of the one
 * catalogue, and nothing that a caller sends ends in a 5xx. Routes are added with `registerOperation`.
 */
export const createHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const hostIsKnown = createHostCheck(options.bindHost, [new URL(options.publicUrl).hostname]);
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: options.bodyLimitBytes ?? MiB,
    trustProxy: typeof options.trustProxy === 'object' ? [...options.trustProxy] : options.trustProxy,
    // Slow senders may not hold a connection for ever; keep-alive outlives the minute of common load balancers.
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: (error, socket) => answerClientError(error, socket),
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, translateError(error));
    },
  });
  // First, since its hook must have run when callers are recognised.
  await app.register(cookie);
  acceptEmptyJson(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('actor', null);
  app.decorate('versionedAnswers', new Map());

  registerSecurityHeaders(app, {
    imagesOrigin: new URL(options.imagesUrl).origin,
    https: options.publicUrl.startsWith('https:'),
  });
  registerRequestLog(app, options.metrics);
  registerOpenCors(app);
  const methodsOf = createKnownRoutes(app);

  const { authenticate } = options;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!hostIsKnown(request.headers.host)) {
      throw new AppError('misdirected', 'This server does not answer for the name in the Host header.');
    }
    // Pages, files and health checks are the same for everybody, and must not need the database.
    if (authenticate !== undefined && routedAddress(request).startsWith('/api/'))
      request.actor = await authenticate(request);
  });
  app.addHook('preValidation', async ({ params, query, body }) => {
    refuseUnstorableText({ params, query, body });
  });

  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  // A request that runs while the server stops is answered; its connection must not then be kept for a next one.
  app.addHook('onSend', async (_request, reply, payload) => {
    if (closing) reply.header('connection', 'close');
    return payload;
  });

  app.setErrorHandler((thrown, request, reply) => {
    const error = translateError(thrown);
    if (error.status >= 500) {
      request.log.error({ err: error.code === 'internal' ? error.cause : error }, 'a request failed');
    }
    return sendProblem(request, reply, error);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const answered = options.fallback?.(request, reply) ?? null;
    if (answered !== null) return answered;
    const methods = methodsOf(path);
    const error =
      methods.length === 0 || methods.includes(request.method)
        ? new AppError('notFound', 'There is nothing at this address.')
        : new AppError('methodNotAllowed', `${request.method} is not one of: ${methods.join(', ')}.`, {
            headers: { allow: methods.join(', ') },
          });
    return sendProblem(request, reply, error);
  });
  return app;
};

/** Many clients name JSON for every request that they send: no bytes are no body, and the schema says whether one is needed. */
const acceptEmptyJson = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // `parseAs: 'string'` gives a string; the types name buffers too.
    const text = body.toString();
    if (text === '') done(null);
    else void parse(request, text, done);
  });
};
