import type { Operation, OperationAnswer, OperationInput } from '@windlass/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { etagOf, ifNoneMatchHits, requireMatch } from './etag.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook; null for a caller nobody knows. */
    actor: Actor | null;
  }
  interface FastifyInstance {
    /** Path -> what GET answers there, of the operations whose answer carries an ETag. */
    versionedAnswers: Map<string, z.ZodType>;
  }
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

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

export type OperationHandler<O extends Operation> = (
  context: OperationContext<O>,
) => Promise<OperationAnswer<O>>;

/** An answer without what changes by itself. */
const versionOf = (answer: unknown, unversioned: readonly string[]): unknown =>
  unversioned.length === 0 || typeof answer !== 'object' || answer === null
    ? answer
    : Object.fromEntries(Object.entries(answer).filter(([name]) => !unversioned.includes(name)));

const noContext = 'This call needs a session or an API key.';

/**
 * Registers one call of the contract: its schemas validate what comes in and shape what goes out.
 * A versioned answer carries an ETag; GET honours If-None-Match where the whole of it is the version.
 */
export const registerOperation = <O extends Operation>(
  app: FastifyInstance,
  operation: O,
  handler: OperationHandler<O>,
): void => {
  const { method, path, versioned = false, unversioned = [], response } = operation;
  if (versioned && method === 'GET' && response !== undefined) app.versionedAnswers.set(path, response);
  /** What GET would put on the wire, so that a field that GET does not show cannot change the ETag. */
  const etagOfAnswer = (answer: unknown): string => {
    const schema = app.versionedAnswers.get(path);
    return etagOf(versionOf(schema === undefined ? answer : z.encode(schema, answer), unversioned));
  };

  app.route({
    method,
    url: path,
    schema: {
      ...(operation.params === undefined ? {} : { params: operation.params }),
      ...(operation.query === undefined ? {} : { querystring: operation.query }),
      ...(operation.body === undefined ? {} : { body: operation.body }),
      response: response === undefined ? {} : { [operation.status]: response },
    },
    config: { operation },
    ...(operation.maxBodyBytes === undefined ? {} : { bodyLimit: operation.maxBodyBytes }),
    // Before the input is looked at: a stranger learns nothing of what a call takes.
    onRequest: async (request) => {
      if (operation.access === 'signed-in' && request.actor === null)
        throw new AppError('notSignedIn', noContext);
    },
    handler: async (request, reply) => {
      // The zod compilers have parsed all three; Fastify's own types cannot know the operation's.
      const context = {
        params: request.params,
        query: request.query,
        body: request.body,
        actor: request.actor,
        request,
        reply,
        requireMatch: (currentBody: unknown) => requireMatch(request, etagOfAnswer(currentBody)),
      } as OperationContext<O>;
      const answer = await handler(context);

      // Answers are one caller's own: no cache may keep them, but for a browser that asks again with the ETag.
      const mayBeKept = versioned && unversioned.length === 0;
      reply.header('cache-control', mayBeKept ? 'private, no-cache' : 'no-store');
      if (versioned && response !== undefined && app.versionedAnswers.get(path) === response) {
        const etag = etagOfAnswer(answer);
        reply.header('etag', etag);
        const known = request.headers['if-none-match'];
        if (method === 'GET' && mayBeKept && known !== undefined && ifNoneMatchHits(known, etag)) {
          return reply.status(304).send();
        }
      }
      return reply.status(operation.status).send(answer);
    },
  });
};
