import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../../platform/http/problem.ts';
import { translateError } from '../../platform/http/translate-error.ts';

/**
 * An error as Companion's clients read it, beside the fields of ours: `error` by its contract, and `message`, which the 5.x
 * client shows to people.
 */
export const sendCompanionError = (
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
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
