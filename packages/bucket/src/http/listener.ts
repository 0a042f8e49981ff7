import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Principal } from '../authorize.ts';
import { applyCors, preflight } from '../cors/respond.ts';
import type { IamError } from '../iam/iam-error.ts';
import { createQueryDispatch, isQueryCall } from '../query-api/dispatch-query.ts';
import type { QueryDispatchDependencies } from '../query-api/dispatch-query.ts';
import { toIamError } from '../query-api/query-errors.ts';
import { queryErrorReply } from '../query-api/query-reply.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketLog } from './access-log.ts';
import { createDispatch } from './dispatch.ts';
import type { DispatchDependencies } from './dispatch.ts';
import { errorReply, toS3Error } from './error-reply.ts';
import { openExchange, readTarget } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';
import type { RequestTarget } from './request-target.ts';
import { sendReply } from './send-reply.ts';

export interface ListenerDependencies extends DispatchDependencies {
  queryServices: QueryDispatchDependencies['services'];
  log: BucketLog;
}

interface Answer {
  reply: Reply;
  error: S3Error | IamError | undefined;
}

export interface Listener {
  handle(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void;
  /** Ends what a silent socket was doing. */
  onIdleSocket(socket: IncomingMessage['socket']): void;
  /** Resolves when no request is being served. */
  idle(): Promise<void>;
}

/** Serves requests: dispatch, CORS headers, the answer, one line in the log. */
export function createListener(dependencies: ListenerDependencies): Listener {
  const { services, log } = dependencies;
  const dispatch = createDispatch(dependencies);
  const dispatchQuery = createQueryDispatch({
    services: dependencies.queryServices,
    verifier: services.verifier,
    authorize: dependencies.authorize,
    clock: services.clock,
  });
  const bySocket = new WeakMap<object, Exchange>();
  const running = new Set<Promise<void>>();

  async function answer(exchange: Exchange): Promise<Answer> {
    try {
      const target = readTarget(exchange, dependencies.baseHosts);
      if (exchange.request.method === 'OPTIONS') {
        return { reply: preflight(services.documents, target, exchange.headers), error: undefined };
      }
      if (isQueryCall(exchange, target)) return await answerQuery(exchange, target);
      return { reply: await dispatch(exchange), error: undefined };
    } catch (cause) {
      const error = toS3Error(cause);
      const resource = exchange.target?.rawPath ?? '';
      return { reply: errorReply(error, { resource, requestId: exchange.requestId, hostId }), error };
    }
  }

  async function answerQuery(exchange: Exchange, target: RequestTarget): Promise<Answer> {
    try {
      return { reply: await dispatchQuery(exchange, target), error: undefined };
    } catch (cause) {
      const error = toIamError(cause);
      return { reply: queryErrorReply(exchange.queryService ?? 'iam', error, exchange.requestId), error };
    }
  }

  async function serve(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const began = performance.now();
    let { reply, error } = await answer(exchange);
    reply.headers = { ...reply.headers, ...commonHeaders(exchange) };
    try {
      applyCors(
        services.documents,
        exchange.target?.bucket,
        exchange.request.method ?? '',
        exchange.headers,
        reply,
      );
      exchange.body?.release();
      const opened = exchange.body?.opened === true;
      await sendReply(request, response, reply, exchange.awaitsContinue && !opened);
    } catch (cause) {
      // The reader left or the disk failed in the middle of the bytes: all that can be done is to end the connection.
      if (!isReaderGone(cause)) error = toS3Error(cause);
      // Where the reader left before the first byte, no pipeline has taken the body, and its blobs would stay pinned.
      if (reply.body instanceof Readable) reply.body.destroy();
      response.destroy();
    }
    report(exchange, reply.status, error, performance.now() - began);
  }

  function commonHeaders(exchange: Exchange): Reply['headers'] {
    const bucket = exchange.target?.bucket;
    return {
      server: 'Windlass',
      'x-amz-request-id': exchange.requestId,
      'x-amz-id-2': hostId,
      'x-amz-bucket-region':
        bucket !== undefined && services.store.getBucket(bucket) !== undefined ? services.region : undefined,
    };
  }

  function report(exchange: Exchange, status: number, error: Answer['error'], milliseconds: number): void {
    log({
      level: status >= 500 && error?.code !== 'NotImplemented' ? 'error' : 'info',
      requestId: exchange.requestId,
      method: exchange.request.method ?? '',
      operation: exchange.operation?.name,
      bucket: exchange.target?.bucket,
      key: exchange.target?.key,
      user: exchange.principal === undefined ? undefined : nameOf(exchange.principal),
      status,
      errorCode: error?.code,
      durationMilliseconds: Math.round(milliseconds * 100) / 100,
      ...(error?.code === 'InternalError' || error?.code === 'InternalFailure' ? { error: error.cause } : {}),
    });
  }

  return {
    handle(request, response, awaitsContinue) {
      const exchange = openExchange(request, response, awaitsContinue);
      bySocket.set(request.socket, exchange);
      // A reader that leaves makes the response fail; the failure is handled where it is written.
      response.on('error', () => undefined);
      const served = serve(exchange).finally(() => {
        running.delete(served);
        if (bySocket.get(request.socket) === exchange) bySocket.delete(request.socket);
      });
      running.add(served);
    },
    onIdleSocket(socket) {
      const exchange = bySocket.get(socket);
      if (exchange?.body?.fail(new S3Error('RequestTimeout')) !== true) socket.destroy();
    },
    async idle() {
      await Promise.allSettled(running);
    },
  };
}

function nameOf(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'user':
      return principal.name;
    case 'session':
      return `${principal.roleName}/${principal.sessionName}`;
    case 'anonymous':
      return undefined;
  }
}

/** S3 names the host that answered; here there is one. */
const hostId = 'windlass';

/** What a pipeline into a response fails with that was closed in the middle, or before it began. */
const readerGoneCodes: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ECONNRESET',
  'EPIPE',
]);

function isReaderGone(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && readerGoneCodes.has(cause.code);
}
