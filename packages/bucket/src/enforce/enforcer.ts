import { evaluate } from '@windlass/policy';
import type { AccessRequest, Evaluation, PolicyDocument, PolicySet } from '@windlass/policy';
import type { AuthorizationRequest, Authorize, Principal } from '../authorize.ts';
import { accountId } from '../iam/arns.ts';
import type { Identities } from '../iam/identities.ts';
import type { StoredPolicies } from '../iam/identity-records.ts';
import type { BucketDocuments } from '../operations/bucket-documents.ts';
import { denialMessage } from './denial-message.ts';
import { createPolicyParser } from './parsed-policies.ts';
import { standingPolicies } from './standing-policy.ts';

export interface Enforcer {
  /** The decision, and on a refusal what the caller is told. */
  authorize: Authorize;
  /** The whole evaluation, for whoever wants to know why. */
  explain(request: AuthorizationRequest): Evaluation;
  /**
   * The policies that are attached to a principal. An unknown one (its user or role was removed after it signed) has the
   * empty list, which allows nothing.
   */
  policiesOf(principal: Principal, request: Pick<AuthorizationRequest, 'bucket'>): PolicySet;
}

interface Attached {
  identity: readonly PolicyDocument[];
  boundary: readonly PolicyDocument[] | null;
}

/**
 * The administrator stands in for the root of an AWS account, which may always read and replace the policy of its buckets:
 * otherwise one careless Deny would lock a bucket for good (AWS: PutBucketPolicy).
 */
const rescueActions: ReadonlySet<string> = new Set([
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
]);

/**
 * Decides every right with @windlass/policy: identity policies, boundary and session policy of the caller, policy and
 * Block Public Access of the bucket. All principals and all buckets are of one account.
 */
export function createEnforcer(
  identities: Pick<Identities, 'user' | 'role'>,
  documents: Pick<BucketDocuments, 'policy' | 'publicAccessBlock'>,
): Enforcer {
  const parse = createPolicyParser();

  const attached = ({ policies, boundary }: StoredPolicies): Attached => ({
    identity: policies.map(({ document }) => parse(document)),
    boundary: boundary === null ? null : [parse(boundary)],
  });

  function policiesOf(principal: Principal, { bucket }: Pick<AuthorizationRequest, 'bucket'>): PolicySet {
    switch (principal.kind) {
      case 'anonymous':
        return {};
      case 'user': {
        const user = identities.user(principal.userId);
        if (user === undefined) return { identity: [] };
        const { identity, boundary } = attached(user);
        return { identity: [...standingPolicies(user, bucket), ...identity], boundary };
      }
      case 'session': {
        const role = identities.role(principal.roleId);
        const session = principal.policy === null ? null : parse(principal.policy);
        return role === undefined ? { identity: [], session } : { ...attached(role), session };
      }
    }
  }

  function explain(request: AuthorizationRequest): Evaluation {
    const { principal, bucket } = request;
    const asked: AccessRequest = {
      principal: principal.kind === 'anonymous' ? '*' : principal.arn,
      action: request.action,
      resource: request.resource,
      resourceAccount: accountId,
      context: request.context,
    };
    return evaluate(asked, {
      ...policiesOf(principal, request),
      ...(bucket === null
        ? {}
        : {
            bucketPolicy: documents.policy(bucket.name) ?? null,
            blockPublicAccess: documents.publicAccessBlock(bucket.name)?.restrictPublicBuckets ?? false,
          }),
    });
  }

  const mayRescue = ({ principal, action, bucket }: AuthorizationRequest): boolean =>
    bucket !== null &&
    rescueActions.has(action) &&
    principal.kind === 'user' &&
    identities.user(principal.userId)?.standing === 'administrator';

  return {
    policiesOf,
    explain,
    authorize(request) {
      const evaluation = explain(request);
      if (evaluation.decision === 'Allowed' || mayRescue(request)) return { allowed: true };
      return {
        allowed: false,
        explicit: evaluation.decision === 'ExplicitlyDenied',
        message: denialMessage(request, evaluation),
      };
    },
  };
}
