import { accountId } from '../iam/arns.ts';
import type { Principal } from '../authorize.ts';

/**
 * Condition keys that follow from who asks.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Properties of the principal"
 */
export function principalContext(principal: Principal): Record<string, string> {
  switch (principal.kind) {
    case 'anonymous':
      return { 'aws:PrincipalType': 'Anonymous' };
    case 'user':
      return {
        'aws:PrincipalType': 'User',
        'aws:PrincipalArn': principal.arn,
        'aws:PrincipalAccount': accountId,
        'aws:userid': principal.userId,
        'aws:username': principal.name,
      };
    case 'session':
      return {
        'aws:PrincipalType': 'AssumedRole',
        // The role's, not the session's.
        'aws:PrincipalArn': principal.roleArn,
        'aws:PrincipalAccount': accountId,
        'aws:userid': `${principal.roleId}:${principal.sessionName}`,
        'aws:TokenIssueTime': `${principal.issuedAt.toISOString().slice(0, 19)}Z`,
        ...(principal.provider === null ? {} : { 'aws:FederatedProvider': principal.provider }),
      };
  }
}
