import type { CredentialKind, getConnectionSetup, OperationResult, ProviderId } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy';

type Setup = NonNullable<OperationResult<typeof getConnectionSetup>>;

/** The kinds of credentials that a provider knows and this server can offer there; the best one first. */
export const kindsFor = (provider: ProviderId, setup: Setup | undefined): readonly CredentialKind[] => {
  const { sts } = providerProfiles[provider];
  return [
    ...(sts.assumeRole ? (['role'] as const) : []),
    ...(sts.webIdentity && setup?.webIdentity != null ? (['webIdentity'] as const) : []),
    'accessKey',
  ];
};
