import { capabilityOfJob, formatPolicy, generate, PolicyInputError } from '@windlass/policy/generate';
import type { CheckCredentials, TrustProof } from './check-subject.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import type { StoredCredentials } from './credentials.ts';
import { trustMustTell } from './role-proof.ts';
import type { ConnectionRow } from './store.ts';

/** What a trust policy is made of. */
export interface TrustFacts {
  /** ARN that assumes roles for this server; null where it is not known. */
  principal: string | null;
  webIdentity: { issuer: string; audience: string; subject: string } | null;
}

/** What a connection keeps, as the check meets it. */
export const checkCredentialsOf = (
  deps: {
    resolver: Pick<CredentialResolver, 'tryResolve' | 'tryTrust'>;
    trustFacts(row: ConnectionRow, signal: AbortSignal): Promise<TrustFacts>;
  },
  row: ConnectionRow,
  stored: StoredCredentials,
): CheckCredentials => ({
  kind: stored.kind,
  open: ({ address, ...tries }) => deps.resolver.tryResolve({ ...row, ...address }, stored, tries),
  proveTrust:
    stored.kind === 'accessKey'
      ? null
      : async ({ address, ...tries }): Promise<TrustProof> => {
          const subject = { ...row, ...address };
          const [wrongExternalId, noExternalId, facts] = await Promise.all([
            deps.resolver.tryTrust(subject, stored, 'wrong', tries),
            deps.resolver.tryTrust(subject, stored, 'none', tries),
            deps.trustFacts(row, tries.signal),
          ]);
          return {
            wrongExternalId,
            noExternalId,
            mustTell: trustMustTell(stored),
            trustPolicy: trustPolicyOf(row, stored.kind, stored.roleArn, facts),
          };
        },
});

/** The trust policy as it should read; null where it is not known whom it must name, or none can be made. */
const trustPolicyOf = (
  row: ConnectionRow,
  kind: 'role' | 'webIdentity',
  roleArn: string,
  { principal, webIdentity }: TrustFacts,
): string | null => {
  const trusted =
    kind === 'role'
      ? principal === null
        ? null
        : { trust: { principal, externalId: row.externalId } }
      : webIdentity === null
        ? null
        : { webIdentity };
  // The account is the fifth part of an ARN (AWS: IAM ARNs); Ceph's may be empty.
  const accountId = roleArn.split(':')[4] ?? '';
  if (trusted === null || !/^\d{12}$/.test(accountId)) return null;
  try {
    const { trust } = generate({
      capabilities: row.jobs.map((job) => capabilityOfJob[job]),
      provider: row.provider,
      bucket: row.bucket,
      // Who may assume the role has nothing to do with where it may go.
      prefix: '',
      region: row.region,
      accountId,
      ...trusted,
    });
    return trust === null ? null : formatPolicy(trust);
  } catch (error) {
    // A connection takes names that are no bucket's at AWS: that is for the check to say, and not for its help.
    if (!(error instanceof PolicyInputError)) throw error;
    return null;
  }
};
