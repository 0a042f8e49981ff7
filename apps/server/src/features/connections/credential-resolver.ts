import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import {
  createScrub,
  createStsClient,
  describeStsFailure,
  failureToAppError,
  scrubFor,
  stsEndpointOf,
  type ProbeOutcome,
  type RoleSession,
  type S3Credentials,
  type S3Failure,
} from '../../platform/s3/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import type { StoredCredentials } from './credentials.ts';
import { newExternalId } from './external-id.ts';
import type { PlatformIdentity } from './platform-identity.ts';
import { createSessionCache } from './session-cache.ts';
import { sessionPolicyFor, type AccessPurpose } from './session-policy.ts';
import type { ConnectionRow } from './store.ts';

/** What a session is made for: the connection's place and who it is. */
export type AccessSubject = Pick<
  ConnectionRow,
  'id' | 'revision' | 'provider' | 'endpoint' | 'region' | 'bucket' | 'prefix' | 'externalId'
>;
type RoleCredentials = Exclude<StoredCredentials, { kind: 'accessKey' }>;

/** Who asks for the role: this connection, another one, or nobody in particular. A web identity tells them by subject and audience. */
export const trustTrials = ['right', 'wrong', 'none'] as const;
export type TrustTrial = (typeof trustTrials)[number];

type Proof =
  | ({ endpoint: string; failure?: never } & ({ key: S3Credentials } | { key: null; token: Secret }))
  | { failure: S3Failure };

interface Tries {
  signal: AbortSignal;
  /** Added to this machine's clock when signing. */
  clockOffsetMilliseconds?: number;
}

/** Turns what a connection keeps into credentials that sign requests. */
export interface CredentialResolver {
  /**
   * Keys come back as they are; a role becomes a session of 15 minutes whose policy is cut to the purpose, bucket and
   * prefix. Sessions are shared, and kept until two minutes before their end.
   *
   * @throws AppError originFailed, originTimeout, endpointRefused
   */
  resolve(
    subject: AccessSubject,
    stored: StoredCredentials,
    purpose: AccessPurpose,
    signal: AbortSignal,
  ): Promise<S3Credentials>;
  /** After S3 refused a session: whether a new one may fare better, as after a revocation. */
  renew(subject: AccessSubject, stored: StoredCredentials, purpose: AccessPurpose): boolean;
  /** The same as `resolve` for the check: a failure is a finding, and nothing is kept. */
  tryResolve(
    subject: AccessSubject,
    stored: StoredCredentials,
    tries: Tries,
  ): Promise<ProbeOutcome<S3Credentials>>;
  /**
   * Asks for the role as somebody who has the right external ID, a wrong one or none. Success with `wrong` or `none`
   * is bad news: any other customer of ours could use the role (AWS: the confused deputy problem).
   */
  tryTrust(
    subject: AccessSubject,
    stored: RoleCredentials,
    trial: TrustTrial,
    tries: Tries,
  ): Promise<ProbeOutcome<null>>;
}

/**
 * Whether the role's trust must tell this connection from our others. Not where the customer's own key asks: nobody
 * else has it.
 */
export const trustMustTell = (stored: StoredCredentials): boolean =>
  stored.kind === 'webIdentity' || (stored.kind === 'role' && stored.base === null);

const assumeTimeoutMilliseconds = 15_000;
/** A trust policy can be loosened later: it is tried again. */
const proofMilliseconds = 60 * 60_000;
const maxProofs = 2000;

export const createCredentialResolver = (deps: {
  guard: EndpointGuard;
  clock: Clock;
  platform: PlatformIdentity;
  issuer: IdentityIssuer;
}): CredentialResolver => {
  const sessions = createSessionCache(deps);
  const proofs = new Map<string, number>();

  /** What shows STS who asks: a key, or a token of our own issuer. */
  const proofFor = async (
    subject: AccessSubject,
    stored: RoleCredentials,
    trial: TrustTrial,
  ): Promise<Proof> => {
    const endpoint = stsEndpointOf(subject);
    if (endpoint === null) return { failure: refusals.noSts };
    if (stored.kind === 'role') {
      const key = stored.base ?? deps.platform.keyFor(endpoint);
      return key === null ? { failure: refusals.noKey } : { endpoint, key };
    }
    if (!deps.issuer.isKnownTo(endpoint)) return { failure: refusals.noIssuer };
    return { endpoint, key: null, token: await deps.issuer.issue(claimsFor(subject, deps.issuer, trial)) };
  };

  const assume = async (
    subject: AccessSubject,
    stored: RoleCredentials,
    { purpose, trial }: { purpose: AccessPurpose; trial: TrustTrial },
    tries: Tries,
  ): Promise<ProbeOutcome<RoleSession>> => {
    const start = performance.now();
    const took = (): number => Math.round(performance.now() - start);
    const proof = await proofFor(subject, stored, trial);
    if (proof.failure !== undefined)
      return { ok: false, failure: proof.failure, durationMilliseconds: took() };
    const request = {
      roleArn: stored.roleArn,
      sessionName: `windlass-${purpose}-${subject.id}`,
      sessionPolicy: sessionPolicyFor(purpose, {
        ...subject,
        partition: stored.roleArn.split(':')[1] ?? 'aws',
        withKms: subject.provider === 'aws',
      }),
    };
    using client = createStsClient({
      guard: deps.guard,
      endpoint: proof.endpoint,
      region: subject.region,
      credentials: proof.key,
      ...(tries.clockOffsetMilliseconds === undefined
        ? {}
        : { clockOffsetMilliseconds: tries.clockOffsetMilliseconds }),
    });
    const signal = AbortSignal.any([tries.signal, AbortSignal.timeout(assumeTimeoutMilliseconds)]);
    try {
      const found = await (proof.key === null
        ? client.assumeRoleWithWebIdentity({ ...request, token: proof.token }, signal)
        : client.assumeRole({ ...request, externalId: externalIdFor(subject, trial) }, signal));
      return { ok: true, found, durationMilliseconds: took() };
    } catch (error) {
      const scrub =
        proof.key === null
          ? createScrub({ accessKeyId: '', secretAccessKey: proof.token.reveal() })
          : scrubFor(proof.key);
      return { ok: false, failure: describeStsFailure(error, scrub), durationMilliseconds: took() };
    }
  };

  /** Null where the role is only for this connection, else why it may not be used. */
  const refusalOf = async (
    subject: AccessSubject,
    stored: RoleCredentials,
    tries: Tries,
  ): Promise<S3Failure | null> => {
    if (!trustMustTell(stored)) return null;
    const proof = `${subject.id}/${subject.revision}/${stored.roleArn}`;
    if ((proofs.get(proof) ?? 0) > performance.now()) return null;
    const trials = await Promise.all(
      (['wrong', 'none'] as const).map((trial) =>
        assume(subject, stored, { purpose: 'check', trial }, tries),
      ),
    );
    for (const { ok, failure } of trials) {
      if (ok) return refusals.open;
      // Only a refusal proves anything: an STS that does not answer leaves the question open.
      if (failure.httpStatus === null || failure.httpStatus >= 500) return failure;
    }
    const [oldest] = proofs.keys();
    if (proofs.size >= maxProofs && oldest !== undefined) proofs.delete(oldest);
    proofs.set(proof, performance.now() + proofMilliseconds);
    return null;
  };

  const open = async (
    subject: AccessSubject,
    stored: RoleCredentials,
    purpose: AccessPurpose,
    tries: Tries,
  ): Promise<ProbeOutcome<RoleSession>> => {
    const assumed = await assume(subject, stored, { purpose, trial: 'right' }, tries);
    if (!assumed.ok) return assumed;
    const failure = await refusalOf(subject, stored, tries);
    return failure === null
      ? assumed
      : { ok: false, failure, durationMilliseconds: assumed.durationMilliseconds };
  };

  const sessionKey = (subject: AccessSubject, purpose: AccessPurpose): string =>
    `${subject.id}/${subject.revision}/${purpose}`;

  return {
    resolve: async (subject, stored, purpose, signal) => {
      if (stored.kind === 'accessKey') return stored.key;
      const session = await sessions.get(sessionKey(subject, purpose), signal, async () => {
        const outcome = await open(subject, stored, purpose, {
          signal: AbortSignal.timeout(2 * assumeTimeoutMilliseconds),
        });
        if (!outcome.ok) throw failureToAppError(outcome.failure);
        return outcome.found;
      });
      return session.credentials;
    },
    renew: (subject, stored, purpose) =>
      stored.kind !== 'accessKey' && sessions.drop(sessionKey(subject, purpose)),
    tryResolve: async (subject, stored, tries) => {
      if (stored.kind === 'accessKey') return { ok: true, found: stored.key, durationMilliseconds: 0 };
      const outcome = await open(subject, stored, 'check', tries);
      return outcome.ok ? { ...outcome, found: outcome.found.credentials } : outcome;
    },
    tryTrust: async (subject, stored, trial, tries) => {
      const outcome = await assume(subject, stored, { purpose: 'check', trial }, tries);
      return outcome.ok ? { ...outcome, found: null } : outcome;
    },
  };
};

const externalIdFor = (subject: AccessSubject, trial: TrustTrial): string | null => {
  switch (trial) {
    case 'right':
      return subject.externalId;
    case 'wrong':
      return newExternalId();
    case 'none':
      return null;
  }
};

/** A wrong subject is another connection's; without one is a token for another audience. */
const claimsFor = (subject: AccessSubject, issuer: IdentityIssuer, trial: TrustTrial) => ({
  subject: issuer.subjectOf(trial === 'wrong' ? newId('con') : subject.id),
  audience: trial === 'none' ? `${issuer.audience}/other` : issuer.audience,
});

const refusal = (kind: S3Failure['kind'], cause: string, next: string): S3Failure => ({
  kind,
  cause,
  next,
  code: null,
  httpStatus: null,
  message: null,
  requestId: null,
  region: null,
});

/** What we find out without asking anybody. */
const refusals = {
  noSts: refusal(
    'unsupported',
    'This provider has no STS, so no role can be assumed there.',
    'Use an access key of the provider’s.',
  ),
  noKey: refusal(
    'credentials',
    'This server has no identity of its own that could assume the role.',
    'Give the key that assumes it, or have the operator set WINDLASS_AWS_ACCESS_KEY_ID and WINDLASS_AWS_SECRET_ACCESS_KEY.',
  ),
  noIssuer: refusal(
    'credentials',
    'This server has no public https address, so that no provider could fetch the keys of its OIDC issuer.',
    'Have the operator set WINDLASS_URL to an https address, or use a role with an external ID.',
  ),
  open: refusal(
    'credentials',
    'The role can be assumed without this connection’s external ID, so that every other customer of this server could use it too.',
    'Put the condition of the trust policy that is shown for this connection into the role, and check again.',
  ),
};
