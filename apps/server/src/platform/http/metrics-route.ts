import { timingSafeEqual, createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/app-error.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { isLoopback } from './host-check.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Straight from this machine: a proxy beside us connects from loopback too, but says for whom. */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  isLoopback(socket.remoteAddress ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined;

/**
 * `/metrics` for Prometheus. With a token: whoever brings it as a bearer. Without: callers on this machine only; for
 * others it does not exist.
 */
export const registerMetrics = (app: FastifyInstance, metrics: Metrics, token: Secret | null): void => {
  const mayRead = (request: FastifyRequest): boolean => {
    if (token === null) return isLocal(request);
    const given = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(given), digest(token.reveal()));
  };
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request)) throw new AppError('notFound', 'There is nothing at this address.');
    const { contentType, text } = await metrics.render();
    return reply.type(contentType).header('cache-control', 'no-store').send(text);
  });
};
