import { errorCatalogue, type Problem } from '@windlass/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../kernel/app-error.ts';

export const problemContentType = 'application/problem+json; charset=utf-8';

/** The body of an error (RFC 9457): what happened, why, the next step, and the id to quote. */
export const toProblem = (error: AppError, requestId: string): Problem => {
  const { title, next } = errorCatalogue[error.code];
  return {
    // The code says which error it is; there is no page behind a URL.
    type: 'about:blank',
    title,
    status: error.status,
    code: error.code,
    detail: error.message,
    next,
    requestId,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
  };
};

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply =>
  reply
    .status(error.status)
    .headers(error.headers)
    .header('cache-control', 'no-store')
    .type(problemContentType)
    // The route's own serialiser knows only the route's answer.
    .serializer((body: unknown) => JSON.stringify(body))
    .send(toProblem(error, request.id));
