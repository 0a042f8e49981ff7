import type { FastifyInstance } from 'fastify';
import { actorIdOf } from './actor-id.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/**
 * One line an answer: method, route, status, duration, actor. The route is the pattern and not the address, since
 * addresses may carry tokens; bodies, cookies and headers are never logged.
 */
export const registerRequestLog = (app: FastifyInstance, metrics: Metrics | undefined): void => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    metrics?.observeRequest(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    request.log.info(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        milliseconds,
        actor: actorIdOf(request.actor),
      },
      'answered',
    );
  });
};
