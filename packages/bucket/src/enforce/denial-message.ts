import type { Evaluation, PolicyKind } from '@windlass/policy';
import type { AuthorizationRequest } from '../authorize.ts';

const explicitly: Partial<Record<PolicyKind, string>> = {
  identity: 'an identity-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  bucket: 'a resource-based policy',
};

/**
 * AWS's enhanced text, which it gives to callers of the same account; here everybody but the anonymous caller is one.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 *
 * @example `User: arn:aws:iam::000000000000:user/ingest is not authorized to perform: s3:GetObject on resource:
 *   "arn:aws:s3:::media/a.jpg" because no identity-based policy allows the s3:GetObject action`
 */
export function denialMessage(
  { principal, action, resource }: Pick<AuthorizationRequest, 'principal' | 'action' | 'resource'>,
  evaluation: Evaluation,
): string {
  if (principal.kind === 'anonymous') return 'Access Denied';
  const on = resource === '*' ? '' : ` on resource: "${resource}"`;
  return `User: ${principal.arn} is not authorized to perform: ${action}${on} ${because(action, evaluation)}`;
}

function because(action: string, { decision, decidedBy, trace }: Evaluation): string {
  if (decision === 'ExplicitlyDenied') {
    const policy = decidedBy === null ? undefined : explicitly[decidedBy.policy];
    return `with an explicit deny in ${policy ?? 'a resource-based policy'}`;
  }
  const has = (kind: PolicyKind): boolean => trace.some(({ policy }) => policy === kind);
  const allows = (kind: PolicyKind): boolean =>
    trace.some(({ policy, effect, matched }) => policy === kind && effect === 'Allow' && matched);
  // What allows nothing is told first where everything before it does allow.
  const missing = !allows('identity')
    ? 'identity-based policy'
    : has('boundary') && !allows('boundary')
      ? 'permissions boundary'
      : has('session') && !allows('session')
        ? 'session policy'
        : 'identity-based policy';
  return `because no ${missing} allows the ${action} action`;
}
