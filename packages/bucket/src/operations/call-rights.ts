import { actionFacts } from '@windlass/policy';
import type { AuthorizationDecision, Authorize, Principal } from '../authorize.ts';
import type { VerifiedRequest } from '../auth/verify-request.ts';
import type { RightsTarget } from '../http/call.ts';
import type { HeaderReader } from '../body/body-claims.ts';
import { principalContext } from '../enforce/principal-context.ts';
import { present, requestContext } from '../enforce/request-context.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import { accountId } from '../iam/arns.ts';
import type { ObjectStore } from '../store.ts';
import type { Operation } from './operation.ts';

export interface RequestFacts {
  verified: VerifiedRequest;
  header: HeaderReader;
  query: QueryParameters;
  sourceIp: string;
  now: Date;
  bucket: string;
  key: string;
  operation: Operation;
}

/** Headers that are condition keys under their own name (AWS: Actions, resources, and condition keys for Amazon S3). */
const headerKeys = {
  's3:x-amz-acl': 'x-amz-acl',
  's3:x-amz-content-sha256': 'x-amz-content-sha256',
  's3:x-amz-copy-source': 'x-amz-copy-source',
  's3:x-amz-metadata-directive': 'x-amz-metadata-directive',
  's3:x-amz-server-side-encryption': 'x-amz-server-side-encryption',
  's3:x-amz-storage-class': 'x-amz-storage-class',
  's3:if-match': 'if-match',
  's3:if-none-match': 'if-none-match',
} as const;

const authTypes = {
  header: 'REST-HEADER',
  query: 'REST-QUERY-STRING',
  anonymous: undefined,
} as const satisfies Record<VerifiedRequest['kind'], string | undefined>;

/** The condition keys of a request; a key that has no value is absent, which policies can tell (`Null`, `…IfExists`). */
function conditionContext(facts: RequestFacts, principal: Principal, action: string): Record<string, string> {
  const { verified, header, query, now, operation } = facts;
  const context: Record<string, string | undefined> = {
    ...requestContext({
      sourceIp: facts.sourceIp,
      now,
      userAgent: header('user-agent'),
      referer: header('referer'),
    }),
    's3:ResourceAccount': accountId,
    's3:authType': authTypes[verified.kind],
    's3:signatureversion': verified.kind === 'anonymous' ? undefined : 'AWS4-HMAC-SHA256',
    ...principalContext(principal),
  };
  for (const [key, name] of Object.entries(headerKeys)) context[key] = header(name);
  if (verified.signedAt !== undefined) {
    context['s3:signatureAge'] = String(Math.max(0, now.getTime() - verified.signedAt.getTime()));
  }
  if (action === 's3:PutObject' && operation.createsObject !== undefined) {
    context['s3:ObjectCreationOperation'] = String(operation.createsObject);
  }
  if (operation.action === 's3:ListBucket' && operation.method === 'GET') {
    context['s3:prefix'] = query.get('prefix');
    context['s3:delimiter'] = query.get('delimiter');
    // Always there on list calls, with S3's default.
    context['s3:max-keys'] = query.get('max-keys') ?? '1000';
  }
  return present(ofAction(context, action));
}

/** S3 tells each action its own keys only: of a copy, for one, reading the source does not see how the target is written. */
function ofAction(
  context: Record<string, string | undefined>,
  action: string,
): Record<string, string | undefined> {
  const keys = actionFacts(action)?.conditionKeys;
  if (keys === undefined) return context;
  const known = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(
    Object.entries(context).filter(([key]) => !key.startsWith('s3:') || known.has(key.toLowerCase())),
  );
}

/** Asks whether the caller may, in IAM's terms. */
export function createRights(
  facts: RequestFacts,
  authorize: Authorize,
  store: Pick<ObjectStore, 'getBucket'>,
): (action: string, target?: RightsTarget) => AuthorizationDecision {
  return (action, target) => {
    const principal = target?.principal ?? facts.verified.principal;
    const bucket = target?.bucket ?? facts.bucket;
    const key = target?.bucket === undefined ? (target?.key ?? facts.key) : (target.key ?? '');
    // Whoever has the name already has no say in who may make buckets: the answer is then 409, not 403.
    const record = bucket === '' || action === 's3:CreateBucket' ? undefined : store.getBucket(bucket);
    return authorize({
      principal,
      action,
      resource: bucket === '' ? '*' : `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`,
      bucket: record === undefined ? null : { name: bucket, ownerId: record.ownerId },
      context: {
        ...conditionContext({ ...facts, header: target?.header ?? facts.header }, principal, action),
        ...target?.context,
      },
    });
  };
}
