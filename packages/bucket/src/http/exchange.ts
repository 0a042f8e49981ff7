import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../authorize.ts';
import type { RequestBody } from '../body/request-body.ts';
import type { QueryService } from '../query-api/query-call.ts';
import { RequestHeaders } from './request-headers.ts';
import { parseTarget } from './request-target.ts';
import type { RequestTarget } from './request-target.ts';

/** One request being served; filled in as it becomes known, for the log and for the timeout of its body. */
export interface Exchange {
  readonly requestId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: RequestHeaders;
  readonly sourceIp: string;
  readonly awaitsContinue: boolean;
  target: RequestTarget | undefined;
  /** Set for calls of IAM and STS, whose errors have a form of their own. */
  queryService: QueryService | undefined;
  operation: { readonly name: string } | undefined;
  principal: Principal | undefined;
  body: RequestBody | undefined;
}

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): Exchange {
  return {
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    request,
    response,
    headers: new RequestHeaders(request.rawHeaders),
    sourceIp: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '',
    awaitsContinue,
    target: undefined,
    queryService: undefined,
    operation: undefined,
    principal: undefined,
    body: undefined,
  };
}

export function readTarget(exchange: Exchange, baseHosts: readonly string[]): RequestTarget {
  exchange.target ??= parseTarget(exchange.request.url ?? '', exchange.headers.get('host') ?? '', baseHosts);
  return exchange.target;
}
