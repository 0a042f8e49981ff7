import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import { stsOf, type S3Credentials, type S3Failure } from '../../platform/s3/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import type { StoredCredentials } from './credentials.ts';
import { newExternalId } from './external-id.ts';
import type { PlatformIdentity } from './platform-identity.ts';
import { roleRefusals } from './role-refusals.ts';
import type { ConnectionRow } from './store.ts';

export type RoleCredentials = Exclude<StoredCredentials, { kind: 'accessKey' }>;

/**
 * Who asks for the role: this connection, another one, or nobody in particular. To a role with an external ID that is the
 * right ID, a wrong one or none; to a web identity the right subject, another connection's, or another audience.
 */
export const trustTrials = ['right', 'wrong', 'none'] as const;
export type TrustTrial = (typeof trustTrials)[number];

/**
 * Whether the role's trust must tell this connection from our others. Not where the customer's own key asks: nobody
 * else has it.
 */
export const trustMustTell = (stored: StoredCredentials): boolean =>
  stored.kind === 'webIdentity' || (stored.kind === 'role' && stored.base === null);

/** What shows STS who asks: a key with an external ID, or a token of our own issuer. */
export type RoleProof =
  | { endpoint: string; key: S3Credentials; externalId: string | null; failure?: never }
  | { endpoint: string; token: Secret; failure?: never }
  | { failure: S3Failure };

/** Finds the STS of the bucket, and what to show it: in a trial, as somebody who is not this connection would. */
export const proofFor = async (
  { platform, issuer }: { platform: PlatformIdentity; issuer: IdentityIssuer },
  {
    subject,
    stored,
    trial,
  }: {
    subject: Pick<ConnectionRow, 'id' | 'provider' | 'endpoint' | 'region' | 'externalId'>;
    stored: RoleCredentials;
    trial: TrustTrial;
  },
): Promise<RoleProof> => {
  const sts = stsOf(subject);
  if (sts === null) return { failure: roleRefusals.noSts };
  const { endpoint, audience } = sts;
  if (stored.kind === 'role') {
    const key = stored.base ?? platform.keyFor(endpoint);
    if (key === null) return { failure: roleRefusals.noKey };
    const externalIds = { right: subject.externalId, wrong: newExternalId(), none: null };
    return { endpoint, key, externalId: externalIds[trial] };
  }
  if (!issuer.isKnownTo(endpoint)) return { failure: roleRefusals.noIssuer };
  const token = await issuer.issue({
    subject: issuer.subjectOf(trial === 'wrong' ? newId('con') : subject.id),
    audience: trial === 'none' ? `${audience}/other` : audience,
  });
  return { endpoint, token };
};
