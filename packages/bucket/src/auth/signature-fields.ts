import type { QueryParameters } from '../http/query-parameters.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import { S3Error } from '../s3-error.ts';
import type { S3ErrorCode } from '../s3-error.ts';
import { formatAmzDate, parseAmzDate, parseCredential } from './credential-scope.ts';
import type { CredentialScope } from './credential-scope.ts';

/** What a request says about its own signature, read but not yet believed. */
export interface SignatureFields {
  kind: 'header' | 'query';
  scope: CredentialScope;
  signedHeaders: readonly string[];
  signature: string;
  amzDate: string;
  time: Date;
  /** Of a pre-signed URL. */
  expiresSeconds: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestExpirySeconds = 604_800;
const oldSignature =
  'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';

const queryNames = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;

/** The services that this endpoint answers for; a signature is for one of them. */
export const signedServices = ['s3', 'iam', 'sts'] as const;
export type SignedService = (typeof signedServices)[number];

/** Undefined for an anonymous request. */
export function readSignatureFields(
  headers: RequestHeaders,
  query: QueryParameters,
  service: SignedService = 's3',
): SignatureFields | undefined {
  const inHeader = headers.has('authorization');
  const inQuery = queryNames.some(
    (name) => name !== 'X-Amz-Date' && name !== 'X-Amz-Expires' && query.has(name),
  );
  if (query.has('AWSAccessKeyId') && query.has('Signature'))
    throw new S3Error('InvalidRequest', oldSignature);
  if (inHeader && inQuery) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      { ArgumentName: 'Authorization' },
    );
  }
  if (inHeader) return fromHeader(headers, service);
  return inQuery ? fromQuery(query, service) : undefined;
}

/** AWS: Authenticating requests, using the Authorization header. */
function fromHeader(headers: RequestHeaders, service: SignedService): SignatureFields {
  const value = headers.get('authorization') ?? '';
  if (value.startsWith('AWS ')) throw new S3Error('InvalidRequest', oldSignature);
  if (!value.startsWith('AWS4-')) {
    throw new S3Error('InvalidArgument', 'Unsupported Authorization Type', { ArgumentName: 'Authorization' });
  }
  const match = /^(\S+)\s+(.+)$/.exec(value);
  if (match === null || match[1] !== algorithm) throw new S3Error('InvalidRequest', oldSignature);
  const parts = new Map<string, string>();
  for (const part of (match[2] ?? '').split(',')) {
    const [name = '', text = '', ...rest] = part.trim().split('=');
    if (rest.length > 0 || text === '' || parts.has(name)) throw malformed('a field is not well formed.');
    parts.set(name, text);
  }
  const credential = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  if (
    credential === undefined ||
    signedHeaders === undefined ||
    signature === undefined ||
    parts.size !== 3
  ) {
    throw malformed('it must hold Credential, SignedHeaders and Signature, each once.');
  }
  const { amzDate, time } = headerTime(headers);
  return {
    kind: 'header',
    scope: checkedScope(credential, amzDate, service, malformed),
    signedHeaders: checkedHeaderNames(signedHeaders, malformed),
    signature: checkedSignature(signature, malformed),
    amzDate,
    time,
    expiresSeconds: undefined,
  };
}

/** `x-amz-date` wins over `Date` (AWS: Elements of a request signature). */
function headerTime(headers: RequestHeaders): { amzDate: string; time: Date } {
  const amzDate = headers.get('x-amz-date');
  const httpDate = headers.get('date');
  const time =
    amzDate === undefined
      ? (parseAmzDate(httpDate ?? '') ?? new Date(httpDate ?? Number.NaN))
      : parseAmzDate(amzDate);
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  return { amzDate: amzDate ?? formatAmzDate(time), time };
}

/** AWS: Authenticating requests, using query parameters. */
function fromQuery(query: QueryParameters, service: SignedService): SignatureFields {
  const values = queryNames.map((name) => {
    if (query.pairs.filter(([each]) => each === name).length > 1)
      throw invalid(`${name} was given more than once.`);
    return query.get(name);
  });
  const [named, credential, amzDate, expires, signedHeaders, signature] = values;
  if (
    named === undefined ||
    credential === undefined ||
    amzDate === undefined ||
    expires === undefined ||
    signedHeaders === undefined ||
    signature === undefined
  ) {
    throw invalid(`Query-string authentication version 4 requires the ${queryNames.join(', ')} parameters.`);
  }
  if (named !== algorithm) throw invalid('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const time = parseAmzDate(amzDate);
  if (time === undefined)
    throw invalid("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (/^-\d+$/.test(expires)) throw invalid('X-Amz-Expires must be non-negative');
  if (!/^\d{1,12}$/.test(expires)) throw invalid('X-Amz-Expires should be a number');
  const expiresSeconds = Number(expires);
  if (expiresSeconds === 0 || expiresSeconds > longestExpirySeconds) {
    throw invalid('X-Amz-Expires must be between 1 second and a week (604800 seconds)');
  }
  return {
    kind: 'query',
    scope: checkedScope(credential, amzDate, service, invalid),
    signedHeaders: checkedHeaderNames(signedHeaders, invalid),
    signature: checkedSignature(signature, invalid),
    amzDate,
    time,
    expiresSeconds,
  };
}

const malformed = (why: string): S3Error =>
  new S3Error('AuthorizationHeaderMalformed', `The authorization header is malformed; ${why}`);

const invalid = (why: string): S3Error => new S3Error('AuthorizationQueryParametersError', why);

type Refuse = (why: string) => S3Error;

function checkedScope(
  credential: string,
  amzDate: string,
  service: SignedService,
  refuse: Refuse,
): CredentialScope {
  const scope = parseCredential(credential);
  if (scope === undefined) {
    throw refuse(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  if (scope.date !== amzDate.slice(0, 8)) {
    throw refuse(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${amzDate.slice(0, 8)}".`,
    );
  }
  if (scope.service !== service) {
    throw refuse(`incorrect service "${scope.service}". This endpoint belongs to "${service}".`);
  }
  if (scope.terminator !== 'aws4_request') {
    throw refuse(`incorrect terminal "${scope.terminator}". This endpoint uses "aws4_request".`);
  }
  return scope;
}

function checkedHeaderNames(text: string, refuse: Refuse): string[] {
  const names = text.split(';');
  const ordered = names.every((name, index) => {
    const before = names[index - 1];
    return /^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name) && (before === undefined || before < name);
  });
  if (!ordered) throw refuse('SignedHeaders must be header names in lower case, sorted, each once.');
  return names;
}

function checkedSignature(text: string, refuse: Refuse): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw refuse('the Signature must be 64 hexadecimal digits.');
  return text;
}

/** The code that complains about a wrong region depends on where the signature stands. */
export const regionErrorCode = {
  header: 'AuthorizationHeaderMalformed',
  query: 'AuthorizationQueryParametersError',
} as const satisfies Record<SignatureFields['kind'], S3ErrorCode>;
