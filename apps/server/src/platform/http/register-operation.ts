import { problem, type Operation, type OperationInput, type OperationResult } from '@windlass/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { requireMatch } from './etag.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook; null for a caller nobody knows. */
    actor: Actor | null;
  }
}

type Answer<O extends Operation> = O['response'] extends z.ZodType
  ? z.input<O['response']>
  : OperationResult<O>;

type ActorOf<O extends Operation> = O['access'] extends 'signed-in' ? Actor : Actor | null;

/** What a handler gets: parsed input, the caller, and the raw pair for the few that need cookies or headers. */
export interface OperationContext<O extends Operation> extends OperationInput<O> {
  actor: ActorOf<O>;
  request: FastifyRequest;
  reply: FastifyReply;
  /**
   * For edits of a versioned thing: compares If-Match with the ETag of its current representation, the body that GET would
   * answer. Throws `preconditionRequired` (428) or `preconditionFailed` (412). Call it inside the transaction that edits.
   */
  requireMatch(currentBody: unknown): void;
}

export type OperationHandler<O extends Operation> = (context: OperationContext<O>) => Promise<Answer<O>>;

/**
 * Registers one call of the contract: its schemas validate what comes in and shape what goes out,
 * and become its part of the OpenAPI document.
 */
export const registerOperation = <O extends Operation>(
  app: FastifyInstance,
  operation: O,
  handler: OperationHandler<O>,
): void => {
  app.route({
    method: operation.method,
    url: operation.path,
    schema: {
      operationId: operation.id,
      tags: [operation.tag],
      summary: operation.summary,
      ...(operation.description === undefined ? {} : { description: operation.description }),
      ...(operation.access === 'public' ? { security: [] } : {}),
      ...(operation.params === undefined ? {} : { params: operation.params }),
      ...(operation.query === undefined ? {} : { querystring: operation.query }),
      ...(operation.body === undefined ? {} : { body: operation.body }),
      response: {
        ...(operation.response === undefined ? {} : { [operation.status]: operation.response }),
        default: problem,
      },
    },
    config: { operation },
    handler: async (request, reply) => {
      if (operation.access === 'signed-in' && request.actor === null) {
        throw new AppError('notSignedIn', 'This call needs a session or an API key.');
      }
      // The zod compilers have parsed all three; Fastify's own types cannot know the operation's.
      const context = {
        params: request.params,
        query: request.query,
        body: request.body,
        actor: request.actor,
        request,
        reply,
        requireMatch: (currentBody: unknown) => requireMatch(request, currentBody),
      } as OperationContext<O>;
      const answer = await handler(context);
      return reply.status(operation.status).send(answer);
    },
  });
};
