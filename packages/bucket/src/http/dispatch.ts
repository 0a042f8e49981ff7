import type { Authorize } from '../authorize.ts';
import { accountId } from '../iam/arns.ts';
import type { VerifiedRequest } from '../auth/verify-request.ts';
import { createRequestBody } from '../body/request-body.ts';
import type { HeaderReader } from '../body/body-claims.ts';
import { createRights } from '../operations/call-rights.ts';
import { checkBucketName } from '../operations/bucket-name.ts';
import { findOperation } from '../operations/find-operation.ts';
import type { Scope } from '../operations/operation.ts';
import { S3Error } from '../s3-error.ts';
import type { Call, RightsTarget, Services } from './call.ts';
import { headerText } from './header-text.ts';
import type { Reply } from './reply.ts';
import { readTarget } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { RequestTarget } from './request-target.ts';

export interface DispatchDependencies {
  services: Services;
  authorize: Authorize;
  baseHosts: readonly string[];
}

/**
 * Takes a request from its raw target to an operation's answer: parse, verify the signature, find the bucket, ask for the
 * right, handle. Nothing of an object is read before the right was given.
 */
export function createDispatch(dependencies: DispatchDependencies): (exchange: Exchange) => Promise<Reply> {
  const { services, authorize } = dependencies;

  return async (exchange) => {
    const { request, response, headers } = exchange;
    const method = request.method ?? '';
    const target = readTarget(exchange, dependencies.baseHosts);
    const scope = scopeOf(target);
    const { query, rawPath } = target;
    const bucket = target.bucket ?? '';
    const key = target.key ?? '';
    if (scope !== 'service') checkBucketName(bucket);
    const verified = services.verifier.verify({ method, rawPath, query, headers });
    exchange.principal = verified.principal;
    const header = headerReader(headers, target, verified);
    const operation = findOperation(scope, method, query, (name) => header(name) !== undefined);
    exchange.operation = operation;
    checkExpectedOwner(header);
    const exists = scope === 'service' || services.store.getBucket(bucket) !== undefined;
    if (!exists && operation.makesBucket !== true)
      throw new S3Error('NoSuchBucket', undefined, { BucketName: bucket });
    const body = createRequestBody({
      request,
      response,
      header,
      verified,
      awaitsContinue: exchange.awaitsContinue,
    });
    exchange.body = body;
    const { sourceIp } = exchange;
    const facts = { verified, header, query, sourceIp, now: services.clock.now(), bucket, key, operation };
    const decide = createRights(facts, authorize, services.store);
    const call: Call = {
      services,
      bucket,
      key,
      query,
      header,
      metadataFields: () => metadataFields(headers, target, verified),
      verified,
      body,
      decide,
      authorize(action: string, asked?: RightsTarget) {
        const decision = decide(action, asked);
        if (!decision.allowed) throw new S3Error('AccessDenied', decision.message);
      },
    };
    if (operation.action !== null) call.authorize(operation.action);
    if (
      operation.needsDigest === true &&
      body.claims.md5Hex === undefined &&
      body.claims.checksum === undefined &&
      body.claims.trailerAlgorithm === undefined
    ) {
      throw new S3Error(
        'InvalidRequest',
        'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
      );
    }
    return operation.handle(call);
  };
}

function scopeOf(target: RequestTarget): Scope {
  if (target.bucket === undefined) return 'service';
  return target.key === undefined ? 'bucket' : 'object';
}

/**
 * Pre-signing libraries move `x-amz-*` headers into the query, and S3 obeys them there. They count only under a signature
 * in the query, which covers them.
 */
function headerReader(
  headers: RequestHeaders,
  { query }: RequestTarget,
  verified: VerifiedRequest,
): HeaderReader {
  const hoisted = new Map<string, string>();
  if (verified.kind === 'query') {
    for (const [name] of query.pairs) {
      const lower = name.toLowerCase();
      if (!lower.startsWith('x-amz-')) continue;
      if (hoisted.has(lower))
        throw new S3Error('InvalidArgument', 'A query parameter was given more than once.', {
          ArgumentName: name,
        });
      hoisted.set(lower, headerText(name, query.get(name) ?? ''));
    }
  }
  return (name) => headers.get(name) ?? hoisted.get(name);
}

const isMetadata = (name: string): boolean => name.startsWith('x-amz-meta-');

function metadataFields(
  headers: RequestHeaders,
  { query }: RequestTarget,
  verified: VerifiedRequest,
): [name: string, value: string][] {
  const fields = new Map<string, string>();
  if (verified.kind === 'query') {
    for (const [name, value] of query.pairs) {
      const lower = name.toLowerCase();
      if (isMetadata(lower)) fields.set(lower, headerText(name, value));
    }
  }
  for (const name of headers.names().filter(isMetadata)) fields.set(name, headers.all(name).join(','));
  return [...fields];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
function checkExpectedOwner(header: HeaderReader): void {
  for (const name of ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']) {
    const expected = header(name);
    if (expected !== undefined && expected !== accountId) throw new S3Error('AccessDenied');
  }
}
