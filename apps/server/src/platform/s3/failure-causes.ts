/** What went wrong, as far as code must tell cases apart. */
export const failureKinds = [
  'credentials',
  'denied',
  'region',
  'clock',
  'bucketMissing',
  'objectMissing',
  'unreachable',
  'tls',
  'protocol',
  'timeout',
  'endpointRefused',
  'busy',
  'account',
  'condition',
  'unsupported',
  'encryption',
  'tooLarge',
  'other',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface FailureCause {
  kind: FailureKind;
  /** What happened, in plain words. */
  cause: string;
  /** What to do about it. */
  next: string;
}

const cause = (kind: FailureKind, text: string, next: string): FailureCause => ({ kind, cause: text, next });

const unknownKey = cause(
  'credentials',
  'This access key does not exist here: deleted, mistyped, of another provider or account, or a temporary key without its session token.',
  'Check the access key id and that the endpoint is its provider’s; give the session token too if the key is temporary.',
);
const wrongSecret = cause(
  'credentials',
  'The secret does not belong to this access key, or something on the way changed the request.',
  'Paste the secret again, whole and without spaces; if it is right, try the other addressing and look for a proxy.',
);
const expired = cause(
  'credentials',
  'The temporary credentials have expired.',
  'Get new ones and overwrite the credentials.',
);
const malformedToken = cause(
  'credentials',
  'The session token is malformed or belongs to another key.',
  'Paste access key, secret and session token of the same set again.',
);
const skewed = cause(
  'clock',
  'The clocks here and at the bucket are too far apart.',
  'Set the clock of this server by NTP.',
);
const wrongRegion = cause(
  'region',
  'The bucket is in another region than the one given, or behind another endpoint.',
  'Set the region and the endpoint that the provider shows for this bucket.',
);
const noBucket = cause(
  'bucketMissing',
  'There is no bucket of this name here: mistyped or deleted, or of another account or endpoint.',
  'Check the bucket’s name, the endpoint and the addressing.',
);
const denied = cause(
  'denied',
  'The credentials may not do this.',
  'Grant the right to these credentials, in their own policy or in the bucket’s.',
);
const account = cause(
  'account',
  'The provider has blocked the account or the bucket.',
  'Look in the provider’s console for billing or verification notices.',
);
const archived = cause(
  'other',
  'The object is archived and cannot be read at once.',
  'Restore it at the provider, or choose another object.',
);
const busy = cause('busy', 'The provider asks for fewer requests just now.', 'Try again in a minute.');
const broken = cause(
  'other',
  'The provider has trouble of its own.',
  'Try again; see the provider’s status page.',
);
const unsupported = cause(
  'unsupported',
  'This server does not offer the operation.',
  'Use a provider that does, or a newer version of the server.',
);
const kms = cause(
  'encryption',
  'The bucket’s encryption key is disabled, pending deletion or gone.',
  'Mend the key in the key management service, or give the bucket another.',
);
const condition = cause('condition', 'The object is there already, or was changed meanwhile.', 'Try again.');

/** S3's error codes, also those of its relatives (specifications: S3 API reference, error responses; R2 error codes). */
export const causesByCode: Readonly<Record<string, FailureCause>> = {
  InvalidAccessKeyId: unknownKey,
  InvalidClientTokenId: unknownKey,
  UnrecognizedClientException: unknownKey,
  InvalidTokenId: unknownKey,
  Unauthorized: cause(
    'credentials',
    'The provider does not accept these credentials.',
    'Check access key, secret and endpoint; at R2 the token must cover this bucket.',
  ),
  SignatureDoesNotMatch: wrongSecret,
  InvalidSecurity: wrongSecret,
  RequestTimeTooSkewed: skewed,
  RequestExpired: skewed,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  TokenRefreshRequired: expired,
  ExpiredRequest: skewed,
  InvalidToken: malformedToken,
  AuthorizationHeaderMalformed: wrongRegion,
  AuthorizationQueryParametersError: wrongRegion,
  PermanentRedirect: wrongRegion,
  TemporaryRedirect: wrongRegion,
  Redirect: wrongRegion,
  IllegalLocationConstraintException: wrongRegion,
  InvalidRegionName: wrongRegion,
  NoSuchBucket: noBucket,
  InvalidBucketName: cause(
    'bucketMissing',
    'The provider does not accept this as the name of a bucket.',
    'Check the bucket’s name.',
  ),
  NoSuchKey: cause('objectMissing', 'There is no such object.', 'Check the key and the prefix.'),
  AccessDenied: denied,
  AccessDeniedException: denied,
  AccessForbidden: denied,
  Forbidden: denied,
  MethodNotAllowed: unsupported,
  NotImplemented: unsupported,
  AccountProblem: account,
  NotSignedUp: account,
  AllAccessDisabled: account,
  InvalidPayer: account,
  StorageCapExceeded: account,
  QuotaExceeded: account,
  InvalidObjectState: archived,
  ObjectNotInActiveTierError: archived,
  SlowDown: busy,
  Throttling: busy,
  ThrottlingException: busy,
  RequestLimitExceeded: busy,
  TooManyRequests: busy,
  ServiceUnavailable: busy,
  InternalError: broken,
  RequestTimeout: cause('timeout', 'The bucket waited too long for the request.', 'Try again.'),
  PreconditionFailed: condition,
  ConditionalRequestConflict: condition,
  OperationAborted: condition,
  EntityTooLarge: cause('tooLarge', 'The object is larger than the provider takes.', 'Choose a smaller one.'),
  'KMS.DisabledException': kms,
  'KMS.KMSInvalidStateException': kms,
  'KMS.NotFoundException': kms,
};

const notThere = cause(
  'unreachable',
  'Nothing answers at this address and port.',
  'Check host and port, that the server runs, and firewalls between.',
);
const noName = cause(
  'unreachable',
  'The endpoint’s name is not known to DNS.',
  'Check its spelling; with virtual addressing the name `bucket.host` must exist too: try path addressing.',
);
const noAnswer = cause(
  'timeout',
  'The bucket did not answer in time.',
  'Check host and port and firewalls between; try again.',
);
const hungUp = cause(
  'protocol',
  'The other side closed the connection without an answer.',
  'Check the port, and whether it is http:// or https:// there.',
);
const untrusted = cause(
  'tls',
  'The endpoint’s certificate is not signed by an authority that this server trusts.',
  'Use a certificate of a public authority, or start this server with NODE_EXTRA_CA_CERTS naming yours.',
);
const expiredCertificate = cause(
  'tls',
  'The endpoint’s certificate is not valid at this time.',
  'Renew it, and check the clock of this server.',
);
const noTls = cause(
  'tls',
  'The port does not speak TLS.',
  'Use http:// for this endpoint, or its port for https.',
);
const notHttp = cause(
  'protocol',
  'What answers there does not speak HTTP.',
  'Check the port, and whether it takes https:// instead of http://.',
);

/** Codes of Node's errors: sockets, DNS, TLS, HTTP parser. */
export const causesByErrno: Readonly<Record<string, FailureCause>> = {
  ECONNREFUSED: notThere,
  EHOSTUNREACH: notThere,
  ENETUNREACH: notThere,
  EHOSTDOWN: notThere,
  EADDRNOTAVAIL: notThere,
  EACCES: notThere,
  ENOTFOUND: noName,
  ENODATA: noName,
  EAI_AGAIN: cause(
    'unreachable',
    'DNS did not answer for the endpoint’s name.',
    'Check the spelling and this server’s DNS, then try again.',
  ),
  ETIMEDOUT: noAnswer,
  ETIMEOUT: noAnswer,
  ECONNRESET: hungUp,
  EPIPE: hungUp,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_REVOKED: untrusted,
  CERT_HAS_EXPIRED: expiredCertificate,
  CERT_NOT_YET_VALID: expiredCertificate,
  ERR_TLS_CERT_ALTNAME_INVALID: cause(
    'tls',
    'The endpoint’s certificate is for another name.',
    'Use the name that the certificate has; for a bucket with dots in its name, or a bucket’s own host name, try path addressing.',
  ),
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: cause(
    'tls',
    'The endpoint speaks only a version of TLS that is no longer safe.',
    'Have the server offer TLS 1.2 or newer.',
  ),
};

export const parserTrouble = notHttp;
export const timedOut = noAnswer;
export const notS3 = cause(
  'protocol',
  'Something answers there, but not as S3 does.',
  'Check that the endpoint is the S3 API’s and not a web console or a website.',
);
export const plainHttpToTls = cause(
  'protocol',
  'The port speaks TLS and was asked in plain HTTP.',
  'Use https:// for this endpoint.',
);

/** For an answer without a code: HEAD has no body, and some proxies none of S3's. */
export const causesByStatus: Readonly<Record<number, FailureCause>> = {
  301: wrongRegion,
  307: wrongRegion,
  308: wrongRegion,
  401: cause(
    'credentials',
    'The provider does not accept these credentials.',
    'Check access key, secret and endpoint.',
  ),
  403: denied,
  404: cause(
    'objectMissing',
    'There is nothing at this address.',
    'Check the bucket, the key and the endpoint.',
  ),
  405: unsupported,
  412: condition,
  429: busy,
  500: broken,
  501: unsupported,
  502: broken,
  503: busy,
  504: noAnswer,
};

export const unknownCause = cause(
  'other',
  'The bucket answered in a way that is not known here.',
  'See the details, and ask the provider with the request id.',
);
