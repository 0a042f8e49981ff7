import { createHash } from 'node:crypto';
import type { AuthorizationDecision, Authorize } from '../authorize.ts';
import type { Verifier } from '../auth/verify-request.ts';
import { createRequestBody } from '../body/request-body.ts';
import { principalContext } from '../enforce/principal-context.ts';
import { present, requestContext } from '../enforce/request-context.ts';
import type { Exchange } from '../http/exchange.ts';
import { QueryParameters } from '../http/query-parameters.ts';
import type { Reply } from '../http/reply.ts';
import type { RequestTarget } from '../http/request-target.ts';
import { IamError } from '../iam/iam-error.ts';
import { findAction } from './action-table.ts';
import { createCallParameters } from './call-parameters.ts';
import type { QueryAction, QueryCall, QueryServices } from './query-call.ts';
import { queryReply } from './query-reply.ts';

/** A role's policies, percent-encoded, with room to spare. */
const maximumBodyBytes = 128 * 1024;

export interface QueryDispatchDependencies {
  services: QueryServices;
  verifier: Pick<Verifier, 'verifyQueryCall'>;
  authorize: Authorize;
  clock: { now(): Date };
}

/** S3 has neither forms nor actions at its root, so whatever brings one is a call of the Query protocol. */
export const isQueryCall = ({ request, headers }: Exchange, target: RequestTarget): boolean =>
  target.bucket === undefined &&
  (target.query.has('Action') ||
    (request.method === 'POST' &&
      headers.all('content-type').some((type) => /^application\/x-www-form-urlencoded\b/i.test(type))));

/** Takes a call of IAM or STS from its body to the answer: read, find the action, verify, ask for the right, handle. */
export function createQueryDispatch(
  dependencies: QueryDispatchDependencies,
): (exchange: Exchange, target: RequestTarget) => Promise<Reply> {
  const { services, verifier, authorize, clock } = dependencies;

  function askFor(action: QueryAction, call: QueryCall): AuthorizationDecision {
    if (action.resource === null) return { allowed: true };
    const { principal, context } = call;
    return authorize({
      principal,
      action: `iam:${action.name}`,
      resource: action.resource(call),
      bucket: null,
      context,
    });
  }

  return async (exchange, target) => {
    const { request, headers } = exchange;
    const method = request.method ?? '';
    const bytes = method === 'POST' ? await readBody(exchange) : Buffer.alloc(0);
    const { query, rawPath } = target;
    const form = query.has('Action') ? query : new QueryParameters(bytes.toString('latin1'));
    const { service, action } = findAction(form.get('Action'), form.get('Version'));
    exchange.queryService = service;
    exchange.operation = action;
    const bodySha256Hex = createHash('sha256').update(bytes).digest('hex');
    const principal = verifier.verifyQueryCall({ method, rawPath, query, headers, service, bodySha256Hex });
    exchange.principal = principal;
    if (principal.kind === 'anonymous' && action.unsigned !== true) {
      throw new IamError('MissingAuthenticationToken');
    }
    const circumstances = {
      sourceIp: exchange.sourceIp,
      now: clock.now(),
      userAgent: headers.all('user-agent')[0],
      referer: headers.all('referer')[0],
    };
    const context = { ...present(requestContext(circumstances)), ...principalContext(principal) };
    const call: QueryCall = { parameters: createCallParameters(form), principal, context, services };
    const decision = askFor(action, call);
    if (!decision.allowed) throw new IamError('AccessDenied', decision.message);
    return queryReply(service, action.name, await action.handle(call), exchange.requestId);
  };
}

async function readBody(exchange: Exchange): Promise<Buffer> {
  const { request, response, headers, awaitsContinue } = exchange;
  const body = createRequestBody({
    request,
    response,
    header: (name) => headers.get(name),
    // The signature covers the hash of what is read here.
    verified: { payload: { kind: 'unsigned' }, chunkSigning: undefined },
    awaitsContinue,
  });
  exchange.body = body;
  return body.readDocument(maximumBodyBytes);
}
