/**
 * IAM's and STS's own codes with their status and, where AWS has one sentence for all cases, its text. Sources: AWS IAM and
 * STS API references, "Common errors" and the errors of each action.
 */
export const iamErrors = {
  AccessDenied: [403, 'Access Denied'],
  DeleteConflict: [409, 'The entity has subordinate entities, which must be deleted first.'],
  EntityAlreadyExists: [409, 'The entity already exists.'],
  ExpiredToken: [403, 'The security token included in the request is expired'],
  ExpiredTokenException: [400, 'Token is expired'],
  IDPCommunicationError: [400, 'The keys of the identity provider could not be fetched.'],
  IncompleteSignature: [403, 'The request signature does not conform to AWS standards.'],
  InternalFailure: [500, 'An internal error occurred. Try again.'],
  InvalidAction: [400, 'Could not find operation.'],
  InvalidClientTokenId: [403, 'The security token included in the request is invalid.'],
  InvalidIdentityToken: [400, 'The identity token is not valid.'],
  InvalidInput: [400, 'The input is not valid.'],
  LimitExceeded: [409, 'A quota of the account is exceeded.'],
  MalformedPolicyDocument: [400, 'The policy document is malformed.'],
  MalformedQueryString: [400, 'The query string contains a syntax error.'],
  MissingAuthenticationToken: [403, 'Request is missing Authentication Token'],
  NoSuchEntity: [404, 'The entity cannot be found.'],
  RequestEntityTooLarge: [413, 'The request is too large.'],
  ServiceUnavailable: [503, 'Service is unable to handle request.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  ],
  ValidationError: [400, 'The input fails to satisfy the constraints of the service.'],
} as const satisfies Record<string, readonly [number, string]>;
export type IamErrorCode = keyof typeof iamErrors;

/** What a caller of IAM or STS got wrong, in AWS's words. */
export class IamError extends Error {
  override readonly name = 'IamError';
  readonly code: IamErrorCode;
  readonly status: number;

  constructor(code: IamErrorCode, message?: string, cause?: unknown) {
    super(message ?? iamErrors[code][1], cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = iamErrors[code][0];
  }
}
