import type { Principal } from '../authorize.ts';
import type { Enforcer } from '../enforce/enforcer.ts';
import { principalContext } from '../enforce/principal-context.ts';
import { present, requestContext } from '../enforce/request-context.ts';
import { storeBucketPolicy } from '../operations/bucket-policy.ts';
import type { BucketDocuments } from '../operations/bucket-documents.ts';
import { writePublicAccessBlock } from '../operations/public-access-document.ts';
import type { ObjectStore } from '../store.ts';
import { accountId, roleArn, sessionArn, userArn } from './arns.ts';
import type { BucketIam, Trial, TrialPrincipal } from './bucket-iam.ts';
import { roleNamed, userNamed } from './edit-records.ts';
import type { Identities } from './identities.ts';
import type { KeyUse } from './key-use.ts';
import { checkSessionName } from './names.ts';
import { createOidcProviderCalls } from './oidc-provider-calls.ts';
import { checkedPolicy, createPolicyCalls } from './policy-calls.ts';
import { createRoleCalls } from './role-calls.ts';
import { createUserCalls } from './user-calls.ts';

export interface BucketIamDependencies {
  identities: Identities;
  keyUse: Pick<KeyUse, 'last'>;
  enforcer: Pick<Enforcer, 'explain'>;
  store: ObjectStore;
  documents: BucketDocuments;
  isPrincipal(arn: string): boolean;
  clock: { now(): Date };
}

export function createBucketIam(dependencies: BucketIamDependencies): BucketIam {
  const { identities, enforcer, store, documents, clock } = dependencies;

  /** A user or role as a request of theirs would bring it. Throws NoSuchEntity, MalformedPolicyDocument. */
  function principalOf(asked: TrialPrincipal): Principal {
    if (asked === 'anonymous') return { kind: 'anonymous' };
    if ('user' in asked) {
      const { userId, name, path } = userNamed(identities.records(), asked.user);
      return { kind: 'user', userId, name, arn: userArn(name, path) };
    }
    const { roleId, name, path } = roleNamed(identities.records(), asked.role);
    const { sessionName = 'trial', sessionPolicy = null } = asked;
    checkSessionName(sessionName);
    if (sessionPolicy !== null) checkedPolicy(sessionPolicy, 'session');
    return {
      kind: 'session',
      roleId,
      roleName: name,
      roleArn: roleArn(name, path),
      sessionName,
      arn: sessionArn(name, sessionName),
      issuedAt: clock.now(),
      policy: sessionPolicy,
      provider: null,
    };
  }

  function tryRequest({
    principal: asked,
    action,
    resource,
    context,
  }: Trial): ReturnType<BucketIam['tryRequest']> {
    const principal = principalOf(asked);
    const name = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1];
    // As in a request: whoever has the name already has no say in who may make buckets.
    const bucket =
      name === undefined || action.toLowerCase() === 's3:createbucket' ? undefined : store.getBucket(name);
    const circumstances = {
      sourceIp: '127.0.0.1',
      now: clock.now(),
      userAgent: undefined,
      referer: undefined,
    };
    return enforcer.explain({
      principal,
      action,
      resource,
      bucket: bucket === undefined ? null : { name: bucket.name, ownerId: bucket.ownerId },
      context: { ...present(requestContext(circumstances)), ...principalContext(principal), ...context },
    });
  }

  return {
    accountId,
    ...createUserCalls(identities, dependencies.keyUse, clock),
    ...createRoleCalls(identities, clock),
    ...createPolicyCalls(identities),
    ...createOidcProviderCalls(identities, clock),

    listBuckets: () =>
      store.listBuckets().map(({ name, ownerId }) => ({
        name,
        ownerId,
        policy: store.getDocument(name, 'policy') ?? null,
        publicAccessBlock: documents.publicAccessBlock(name) ?? null,
      })),
    putBucketPolicy: (bucket, document) =>
      document === null
        ? store.putDocument(bucket, 'policy', undefined)
        : storeBucketPolicy(dependencies, bucket, document),
    putPublicAccessBlock: (bucket, block) =>
      store.putDocument(
        bucket,
        'publicAccessBlock',
        block === null ? undefined : writePublicAccessBlock(block),
      ),

    tryRequest,
  };
}
