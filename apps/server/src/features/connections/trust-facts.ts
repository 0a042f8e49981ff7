import { stsOf } from '../../platform/s3/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import type { TrustFacts } from './check-credentials.ts';
import type { PlatformIdentity } from './platform-identity.ts';
import type { ConnectionRow } from './store.ts';

/** Whom the trust policy of a connection's role must name: this server's principal, or its OIDC issuer. */
export const createTrustFacts =
  ({ platform, issuer }: { platform: PlatformIdentity; issuer: IdentityIssuer }) =>
  async (
    row: Pick<ConnectionRow, 'id' | 'provider' | 'endpoint' | 'region'>,
    signal: AbortSignal,
  ): Promise<TrustFacts> => {
    const sts = stsOf(row);
    if (sts === null) return { principal: null, webIdentity: null };
    return {
      principal: await platform.principalFor(sts.endpoint, signal),
      webIdentity: issuer.isKnownTo(sts.endpoint)
        ? {
            // Trust policies name an issuer without its scheme (IAM: OIDC identity providers).
            issuer: issuer.issuer().replace(/^https?:\/\//, ''),
            audience: sts.audience,
            subject: issuer.subjectOf(row.id),
          }
        : null,
    };
  };
