import { sessionArn } from '../iam/arns.ts';
import { IamError } from '../iam/iam-error.ts';
import type { StoredRole } from '../iam/identity-records.ts';
import { checkSessionName } from '../iam/names.ts';
import { newSecret, newSessionKeyId } from '../iam/new-ids.ts';
import { checkedPolicy } from '../iam/policy-calls.ts';
import type { SessionTokens } from './session-token.ts';

/** What both ways to assume a role ask for. */
export interface SessionInput {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Session policy; what it does not allow, the session may not do. */
  readonly policy: string | undefined;
  readonly durationSeconds: number | undefined;
}

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface AssumedRole {
  readonly credentials: TemporaryCredentials;
  readonly arn: string;
  /** `ROLEID:SESSION`. */
  readonly assumedRoleId: string;
  /** How much of the room for a session policy is used; absent without one. */
  readonly packedPolicyPercent: number | undefined;
}

const maximumPolicyLength = 2048;
const shortestSessionSeconds = 900;
const defaultSessionSeconds = 3600;
/** Of a session that was opened by another session (STS: AssumeRole, role chaining). */
export const longestChainedSeconds = 3600;

/** What can be said of the input before anybody is asked for a right. Throws ValidationError, MalformedPolicyDocument. */
export function checkSessionInput({ sessionName, policy, durationSeconds }: SessionInput): void {
  checkSessionName(sessionName);
  if (durationSeconds !== undefined && durationSeconds < shortestSessionSeconds) {
    throw new IamError(
      'ValidationError',
      `1 validation error detected: Value '${durationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${shortestSessionSeconds}`,
    );
  }
  if (policy === undefined) return;
  if (policy.length > maximumPolicyLength) {
    throw new IamError(
      'ValidationError',
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${maximumPolicyLength}`,
    );
  }
  checkedPolicy(policy, 'session');
}

/** Makes the credentials of a session that was granted. Throws ValidationError for more time than the role gives. */
export function openSession(
  tokens: Pick<SessionTokens, 'seal'>,
  role: StoredRole,
  { sessionName, policy, durationSeconds = defaultSessionSeconds }: SessionInput,
  { now, provider, longestSeconds }: { now: Date; provider: string | null; longestSeconds: number },
): AssumedRole {
  if (durationSeconds > longestSeconds) {
    throw new IamError(
      'ValidationError',
      `The requested DurationSeconds exceeds the ${longestSeconds === longestChainedSeconds ? '1 hour session limit for roles assumed by role chaining or the ' : ''}MaxSessionDuration set for this role.`,
    );
  }
  const accessKeyId = newSessionKeyId();
  const secretAccessKey = newSecret();
  const expiresAt = now.getTime() + durationSeconds * 1000;
  const sessionToken = tokens.seal({
    accessKeyId,
    secretAccessKey,
    roleId: role.roleId,
    sessionName,
    issuedAt: now.getTime(),
    expiresAt,
    policy: policy ?? null,
    provider,
  });
  return {
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiresAt) },
    arn: sessionArn(role.name, sessionName),
    assumedRoleId: `${role.roleId}:${sessionName}`,
    packedPolicyPercent:
      policy === undefined ? undefined : Math.ceil((policy.length / maximumPolicyLength) * 100),
  };
}
