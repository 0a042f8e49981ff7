import type { CredentialKind, getConnectionSetup, OperationResult, ProviderId } from '@windlass/contract';
import { providerProfiles } from '@windlass/policy/generate';

type Setup = NonNullable<OperationResult<typeof getConnectionSetup>>;

/**
 * The kinds of credentials that a provider knows and this server can offer there; the one to begin with first. That is
 * a role where this server is somebody and the provider is known to follow the external ID, without which we assume no
 * role by ourselves; else a key, which is what consoles hand out.
 */
export const kindsFor = (provider: ProviderId, setup: Setup | undefined): readonly CredentialKind[] => {
  const { sts } = providerProfiles[provider];
  const roles: CredentialKind[] = [
    ...(sts.assumeRole !== false ? (['role'] as const) : []),
    ...(sts.webIdentity !== false && setup?.webIdentity != null ? (['webIdentity'] as const) : []),
  ];
  const alone =
    sts.assumeRole === true &&
    sts.externalId === true &&
    setup !== undefined &&
    setup.platformPrincipal !== null;
  return alone ? [...roles, 'accessKey'] : ['accessKey', ...roles];
};
