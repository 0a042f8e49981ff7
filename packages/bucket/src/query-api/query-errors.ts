import { IamError } from '../iam/iam-error.ts';
import type { IamErrorCode } from '../iam/iam-error.ts';
import { S3Error } from '../s3-error.ts';
import type { S3ErrorCode } from '../s3-error.ts';

/** What reading and verifying a request throws is in S3's words; IAM and STS have their own for the same. */
const words: Partial<Record<S3ErrorCode, IamErrorCode>> = {
  AccessDenied: 'AccessDenied',
  AuthorizationHeaderMalformed: 'IncompleteSignature',
  AuthorizationQueryParametersError: 'IncompleteSignature',
  EntityTooLarge: 'RequestEntityTooLarge',
  ExpiredToken: 'ExpiredToken',
  InternalError: 'InternalFailure',
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  InvalidURI: 'MalformedQueryString',
  MaxMessageLengthExceeded: 'RequestEntityTooLarge',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
  ServiceUnavailable: 'ServiceUnavailable',
  SignatureDoesNotMatch: 'SignatureDoesNotMatch',
};
/** Where IAM's own sentence says more than S3's. */
const ownSentence: ReadonlySet<IamErrorCode> = new Set([
  'InvalidClientTokenId',
  'ExpiredToken',
  'SignatureDoesNotMatch',
]);

/** Any failure as IAM and STS tell it. What is nobody's known error is the server's own fault and says nothing of itself. */
export function toIamError(error: unknown): IamError {
  if (error instanceof IamError) return error;
  if (!(error instanceof S3Error)) return new IamError('InternalFailure', undefined, error);
  const code = words[error.code] ?? (error.status < 500 ? 'ValidationError' : 'InternalFailure');
  return new IamError(code, ownSentence.has(code) ? undefined : error.message, error.cause ?? error);
}
