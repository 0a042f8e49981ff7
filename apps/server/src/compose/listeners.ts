import { join } from 'node:path';
import { operations } from '@windlass/contract';
import type { Logger } from 'pino';
import { registerFeatures } from '../app.ts';
import type { DropsService } from '../features/drops/index.ts';
import { describeZips } from '../features/downloads/index.ts';
import { describeImages } from '../features/images/index.ts';
import {
  buildOpenApi,
  createAnswerSealer,
  createHttpServer,
  hasWebApp,
  pageFallback,
  registerApiRateLimit,
  registerDocs,
  registerFramedPages,
  registerHealth,
  registerIdempotency,
  registerMetrics,
  registerWebApp,
  type HttpServer,
  type HttpServerOptions,
  type ReadinessCheck,
} from '../platform/http/index.ts';
import type { Addresses } from './addresses.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

const webAppDirectory = join(import.meta.dirname, '../../../web/dist');
const drainMilliseconds = 10_000;

interface ListenerDeps {
  foundation: Foundation;
  addresses: Addresses;
  /** Fastify writes its lines with pino's own methods. */
  log: Logger;
  checks: readonly ReadinessCheck[];
  isDraining: () => boolean;
}

const baseOptions = ({ foundation, addresses, log }: ListenerDeps): HttpServerOptions => ({
  log,
  metrics: foundation.metrics,
  bindHost: foundation.config.host,
  publicUrl: addresses.publicUrl,
  imagesUrl: addresses.imagesUrl,
  trustProxy: foundation.config.trustProxy,
});

const registerOperations = (app: HttpServer, { foundation, checks, isDraining, log }: ListenerDeps): void => {
  registerHealth(app, { checks, isDraining, log });
  registerMetrics(app, foundation.metrics, foundation.config.metricsToken);
};

/** Listens; disposing lets running requests end, for 10 seconds at most. */
const listen = async (
  app: HttpServer,
  { foundation, addresses }: ListenerDeps,
  stack: AsyncDisposableStack,
): Promise<void> => {
  stack.defer(async () => {
    const late = setTimeout(() => app.server.closeAllConnections(), drainMilliseconds);
    // A connection whose answer was on its way when the stop began becomes idle a moment later.
    const sweep = setInterval(() => app.server.closeIdleConnections(), 100);
    await app.close();
    clearTimeout(late);
    clearInterval(sweep);
  });
  await app.listen({ host: foundation.config.host, port: addresses.port });
};

/** The document of order pages and of their status links. */
const orderDocument = 'drop.html';
/** Where hCaptcha's script and its frames come from (https://docs.hcaptcha.com/#content-security-policy-settings). */
const hcaptchaOrigins = ['https://hcaptcha.com', 'https://*.hcaptcha.com'];

const registerOrderDocument = (
  app: HttpServer,
  { addresses }: ListenerDeps,
  { pages }: Pick<DropsService, 'pages'>,
): void =>
  registerFramedPages(app, {
    file: orderDocument,
    addresses: ['/d/:dropName', '/o/:statusToken'],
    https: addresses.publicUrl.startsWith('https:'),
    framingOf: async (address, parameter) => {
      const found = await pages.embeddingOf(
        address.startsWith('/d/') ? { name: parameter } : { statusToken: parameter },
      );
      if (found === null) return null;
      return { ancestors: found.embedOrigins, services: found.hcaptcha ? hcaptchaOrigins : [] };
    },
  });

/** Web app and API, with health and metrics beside them. */
export const startWeb = async (
  deps: ListenerDeps,
  features: Features,
  stack: AsyncDisposableStack,
): Promise<void> => {
  const { config, db, clock, vault } = deps.foundation;
  const built = hasWebApp(webAppDirectory);
  const app = await createHttpServer({
    ...baseOptions(deps),
    authenticate: (request) => features.authenticate(request),
    fallback: pageFallback(built),
  });
  registerApiRateLimit(app, features.createRateLimiter, config.requestsPerMinute);
  registerIdempotency(app, { db, clock, sealer: createAnswerSealer(vault) });
  registerFeatures(app, features);
  registerOperations(app, deps);
  await registerDocs(app, buildOpenApi(operations, config.version, [describeImages(), describeZips()]));
  if (built) {
    await registerWebApp(app, webAppDirectory, orderDocument);
    registerOrderDocument(app, deps, features.drops);
  }
  await listen(app, deps, stack);
};

/** A worker answers for its health and metrics, and nothing else. */
export const startWorkerListener = async (deps: ListenerDeps, stack: AsyncDisposableStack): Promise<void> => {
  const app = await createHttpServer(baseOptions(deps));
  registerOperations(app, deps);
  await listen(app, deps, stack);
};
