import type { S3Failure } from '../../platform/s3/index.ts';

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
export const roleRefusals = {
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
