import type { CredentialKind, getConnectionSetup, OperationResult, ProviderId } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy';

type Setup = NonNullable<OperationResult<typeof getConnectionSetup>>;

/**
 * The kinds of credentials that a provider knows and this server can offer there; the one to begin with first. On AWS
 * that is a role, elsewhere a key, which is what consoles there hand out.
 */
export const kindsFor = (provider: ProviderId, setup: Setup | undefined): readonly CredentialKind[] => {
  const { sts } = providerProfiles[provider];
  const roles: CredentialKind[] = [
    ...(sts.assumeRole === true ? (['role'] as const) : []),
    ...(sts.webIdentity === true && setup?.webIdentity != null ? (['webIdentity'] as const) : []),
  ];
  return provider === 'aws' ? [...roles, 'accessKey'] : ['accessKey', ...roles];
};
