import { evaluate } from '@windlass/policy';
import { accountId, oidcProviderArn } from '../iam/arns.ts';
import { IamError } from '../iam/iam-error.ts';
import { issuerOf } from '../iam/oidc-provider-calls.ts';
import { checkSessionInput, openSession } from './open-session.ts';
import type { AssumedRole, SessionInput } from './open-session.ts';
import { createProviderKeys } from './provider-keys.ts';
import type { StsDependencies } from './sts-dependencies.ts';
import { findRole, trustOf } from './trusted-role.ts';
import { verifyIdentityToken } from './verify-identity-token.ts';

export interface WebIdentityInput extends SessionInput {
  readonly token: string;
}

export interface WebIdentityRole extends AssumedRole {
  readonly subject: string;
  readonly audience: string;
  /** ARN of the provider. */
  readonly provider: string;
}

/** `context` holds the condition keys of the request. */
export type AssumeRoleWithWebIdentity = (
  input: WebIdentityInput,
  context: Record<string, string>,
) => Promise<WebIdentityRole>;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html : the token stands for a signature. */
export function createAssumeRoleWithWebIdentity({
  identities,
  tokens,
  fetchDocument,
  clock,
}: Omit<StsDependencies, 'enforcer'>): AssumeRoleWithWebIdentity {
  const keys = createProviderKeys(fetchDocument, clock);

  return async (input, context) => {
    checkSessionInput(input);
    const { providers, roles } = identities.records();
    const { provider, subject, audience } = await verifyIdentityToken(input.token, {
      providers,
      keys,
      now: clock.now(),
    });
    const issuer = issuerOf(provider.url);
    const principal = oidcProviderArn(issuer);
    const role = findRole(roles, input.roleArn);
    if (role === undefined) throw refused();
    const { decision } = evaluate(
      {
        principal,
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: input.roleArn,
        resourceAccount: accountId,
        context: {
          ...context,
          'aws:FederatedProvider': principal,
          'sts:RoleSessionName': input.sessionName,
          [`${issuer}:aud`]: audience,
          [`${issuer}:sub`]: subject,
        },
      },
      { trust: trustOf(role) },
    );
    if (decision !== 'Allowed') throw refused();
    const opened = openSession(tokens, role, input, {
      now: clock.now(),
      provider: principal,
      longestSeconds: role.maxSessionSeconds,
    });
    return { ...opened, subject, audience, provider: principal };
  };
}

const refused = (): IamError =>
  new IamError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
