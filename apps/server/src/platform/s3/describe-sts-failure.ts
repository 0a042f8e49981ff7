import { describeS3Failure, type S3Failure } from './describe-failure.ts';
import type { FailureCause } from './failure-causes.ts';
import type { Scrub } from './scrub.ts';
import { causeByCode, isNotOffered } from './service-failure.ts';
import { NotSts } from './sts-client.ts';

const noSts: FailureCause = {
  kind: 'unsupported',
  cause: 'This endpoint answers no STS calls, so no role can be assumed here.',
  next: 'Use an access key, or ask the provider whether and where it offers STS.',
};
const issuerUnreachable: FailureCause = {
  kind: 'credentials',
  cause: 'The provider could not fetch the public keys of our OIDC issuer.',
  next: 'See that /.well-known/openid-configuration of this server can be reached from the internet over https.',
};
const tokenRefused: FailureCause = {
  kind: 'denied',
  cause: 'The provider does not accept our OIDC token: issuer, audience or subject are others than it knows.',
  next: 'Add our issuer as identity provider with this audience, and name issuer, audience and subject in the trust policy.',
};
const noRole: FailureCause = {
  kind: 'credentials',
  cause: 'There is no such role here.',
  next: 'Check the ARN of the role: account number and name.',
};

/** STS's own errors (STS API reference: AssumeRole, AssumeRoleWithWebIdentity), and what S3's words would say wrongly of it. */
const causesByCode: Readonly<Record<string, FailureCause>> = {
  AccessDenied: {
    kind: 'denied',
    cause: 'The role may not be assumed: its trust policy names another principal or another external ID.',
    next: 'Compare the trust policy of the role with the one shown for this connection.',
  },
  InvalidIdentityToken: tokenRefused,
  // Without `Exception` it is about the key that signs, as with S3.
  ExpiredTokenException: {
    kind: 'clock',
    cause: 'The provider takes our OIDC token, or the key that assumes the role, for expired.',
    next: 'Set the clock of this server by NTP; give a new key if it is a temporary one.',
  },
  IDPRejectedClaim: tokenRefused,
  IDPCommunicationError: issuerUnreachable,
  InvalidAuthorizationMessage: tokenRefused,
  RegionDisabled: {
    kind: 'account',
    cause: 'STS is not activated for this region in the account of the role.',
    next: 'Activate STS for the region in the account settings of IAM.',
  },
  NoSuchEntity: noRole,
  ValidationError: noRole,
  MethodNotAllowed: noSts,
  NotImplemented: noSts,
  InvalidAction: noSts,
};

/**
 * Says in plain words why a role could not be assumed.
 *
 * @example describeStsFailure(error, scrub).cause // 'The role may not be assumed: …'
 */
export const describeStsFailure = (error: unknown, scrub: Scrub): S3Failure => {
  const failure = describeS3Failure(error, scrub);
  const foreign = error instanceof NotSts || isNotOffered(failure);
  return { ...failure, ...(causeByCode(failure, causesByCode) ?? (foreign ? noSts : undefined)) };
};
