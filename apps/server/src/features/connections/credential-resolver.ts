import type { Clock } from '../../kernel/clock.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import {
  createScrub,
  createStsClient,
  describeStsFailure,
  failureToAppError,
  scrubFor,
  type ProbeOutcome,
  type RoleSession,
  type S3Credentials,
  type S3Failure,
} from '../../platform/s3/index.ts';
import type { IdentityIssuer } from '../identity/index.ts';
import type { StoredCredentials } from './credentials.ts';
import type { PlatformIdentity } from './platform-identity.ts';
import { proofFor, trustMustTell, type RoleCredentials, type TrustTrial } from './role-proof.ts';
import { roleRefusals } from './role-refusals.ts';
import { createSessionCache } from './session-cache.ts';
import { sessionPolicyFor, type AccessPurpose } from './session-policy.ts';
import type { ConnectionRow } from './store.ts';

/** What a session is made for: the connection's place and who it is. */
export type AccessSubject = Pick<
  ConnectionRow,
  'id' | 'revision' | 'provider' | 'endpoint' | 'region' | 'bucket' | 'prefix' | 'externalId'
>;

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

  const assume = async (
    subject: AccessSubject,
    stored: RoleCredentials,
    { purpose, trial }: { purpose: AccessPurpose; trial: TrustTrial },
    tries: Tries,
  ): Promise<ProbeOutcome<RoleSession>> => {
    const start = performance.now();
    const took = (): number => Math.round(performance.now() - start);
    const proof = await proofFor(deps, { subject, stored, trial });
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
      credentials: 'token' in proof ? null : proof.key,
      ...(tries.clockOffsetMilliseconds === undefined
        ? {}
        : { clockOffsetMilliseconds: tries.clockOffsetMilliseconds }),
    });
    const signal = AbortSignal.any([tries.signal, AbortSignal.timeout(assumeTimeoutMilliseconds)]);
    try {
      const found = await ('token' in proof
        ? client.assumeRoleWithWebIdentity({ ...request, token: proof.token }, signal)
        : client.assumeRole({ ...request, externalId: proof.externalId }, signal));
      return { ok: true, found, durationMilliseconds: took() };
    } catch (error) {
      const scrub =
        'token' in proof
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
      if (ok) return roleRefusals.open;
      // Only a refusal proves anything. An STS that does not answer leaves the question open, and so does one that answers
      // something else: AWS says 400 when it is asked too often.
      if (failure.kind !== 'denied') return failure;
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

const sessionKey = (subject: AccessSubject, purpose: AccessPurpose): string =>
  `${subject.id}/${subject.revision}/${purpose}`;
