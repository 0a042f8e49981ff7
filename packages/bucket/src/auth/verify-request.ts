import { timingSafeEqual } from 'node:crypto';
import type { Principal } from '../authorize.ts';
import type { QueryParameters } from '../http/query-parameters.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import { S3Error } from '../s3-error.ts';
import { canonicalPaths, canonicalRequest, stringToSign } from './canonical-request.ts';
import { scopeText } from './credential-scope.ts';
import { readPayload } from './payload.ts';
import type { Payload } from './payload.ts';
import { readSignatureFields, regionErrorCode } from './signature-fields.ts';
import type { SignatureFields } from './signature-fields.ts';
import { createSigningKeys, hmac } from './signing-key.ts';
import type { Users } from './users.ts';

/** What the chunks of a body are signed with; each signature covers the one before it. */
export interface ChunkSigning {
  signingKey: Uint8Array;
  amzDate: string;
  scope: string;
  seedSignature: string;
}

export interface VerifiedRequest {
  principal: Principal;
  kind: SignatureFields['kind'] | 'anonymous';
  /** When the signature says it was made. */
  signedAt: Date | undefined;
  payload: Payload;
  chunkSigning: ChunkSigning | undefined;
}

export interface RequestToVerify {
  method: string;
  rawPath: string;
  query: QueryParameters;
  headers: RequestHeaders;
}

export interface VerifierDependencies {
  users: Pick<Users, 'find'>;
  region: string;
  clock: { now(): Date };
}

const allowedSkewMilliseconds = 15 * 60 * 1000;

export interface Verifier {
  /** Throws S3's own error for each way in which a signature can be wrong; a request without one is anonymous. */
  verify(request: RequestToVerify): VerifiedRequest;
  /** Checks the signature of a POST form: over the base64 text of its policy (AWS: POST signature calculation). */
  verifyForm(form: { credential: SignatureFields['scope']; signature: string; policy: string }): Principal;
}

/** Verifies Signature Version 4 as S3 applies it. Source: AWS, "Authenticating Requests (AWS Signature Version 4)". */
export function createVerifier({ users, region, clock }: VerifierDependencies): Verifier {
  const signingKeyOf = createSigningKeys();

  function checkRegion(kind: SignatureFields['kind'], given: string): void {
    if (given === region) return;
    const subject =
      kind === 'header'
        ? 'The authorization header is malformed'
        : 'Error parsing the X-Amz-Credential parameter';
    throw new S3Error(
      regionErrorCode[kind],
      `${subject}; the region '${given}' is wrong; expecting '${region}'`,
      {
        Region: region,
      },
    );
  }

  function userOf(accessKeyId: string): NonNullable<ReturnType<Users['find']>> {
    const found = users.find(accessKeyId);
    if (found === undefined) {
      throw new S3Error('InvalidAccessKeyId', undefined, { AWSAccessKeyId: accessKeyId });
    }
    return found;
  }

  return {
    verify({ method, rawPath, query, headers }) {
      const fields = readSignatureFields(headers, query);
      const hash = headers.get('x-amz-content-sha256') ?? query.get('X-Amz-Content-Sha256');
      if (fields === undefined) {
        const payload = readPayload(hash, 'anonymous');
        return {
          principal: { kind: 'anonymous' },
          kind: 'anonymous',
          signedAt: undefined,
          payload,
          chunkSigning: undefined,
        };
      }
      checkRegion(fields.kind, fields.scope.region);
      const { principal, key } = userOf(fields.scope.accessKeyId);
      if (headers.has('x-amz-security-token') || query.has('X-Amz-Security-Token')) {
        // Temporary credentials are never issued here, so a token beside a long-lived key can only be wrong.
        throw new S3Error('InvalidToken');
      }
      checkTime(fields, clock.now());
      checkSignedHeaders(fields, headers);
      const payload = readPayload(hash, fields.kind);
      const scope = scopeText(fields.scope);
      const signingKey = signingKeyOf(key, fields.scope);
      const attempts = canonicalPaths(rawPath).map((path) => {
        const { signedHeaders } = fields;
        const request = canonicalRequest({
          method,
          path,
          query,
          headers,
          signedHeaders,
          payload: hash ?? 'UNSIGNED-PAYLOAD',
        });
        return { request, text: stringToSign(fields.amzDate, scope, request) };
      });
      const fits = attempts.some(({ text }) =>
        sameSignature(hmac(signingKey, text).toString('hex'), fields.signature),
      );
      if (!fits) throw mismatch(fields, attempts[0]);
      const chunkSigning = { signingKey, amzDate: fields.amzDate, scope, seedSignature: fields.signature };
      return { principal, kind: fields.kind, signedAt: fields.time, payload, chunkSigning };
    },

    verifyForm({ credential, signature, policy }) {
      checkRegion('query', credential.region);
      const { principal, key } = userOf(credential.accessKeyId);
      if (!sameSignature(hmac(signingKeyOf(key, credential), policy).toString('hex'), signature)) {
        throw new S3Error('SignatureDoesNotMatch', undefined, {
          AWSAccessKeyId: credential.accessKeyId,
          StringToSign: policy,
          SignatureProvided: signature,
          StringToSignBytes: hexBytes(policy),
        });
      }
      return principal;
    },
  };
}

/** In constant time, so that an answer's delay says nothing about how much of a guess was right. */
export function sameSignature(expected: string, given: string): boolean {
  const left = Buffer.from(expected, 'latin1');
  const right = Buffer.from(given, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}

function checkTime(fields: SignatureFields, now: Date): void {
  const ahead = fields.time.getTime() - now.getTime();
  if (fields.expiresSeconds === undefined) {
    if (Math.abs(ahead) <= allowedSkewMilliseconds) return;
    throw new S3Error('RequestTimeTooSkewed', undefined, {
      RequestTime: fields.amzDate,
      ServerTime: isoSeconds(now),
      MaxAllowedSkewMilliseconds: String(allowedSkewMilliseconds),
    });
  }
  if (ahead > allowedSkewMilliseconds) {
    throw new S3Error('AccessDenied', 'Request is not yet valid', {
      'X-Amz-Date': fields.amzDate,
      ServerTime: isoSeconds(now),
    });
  }
  const expires = new Date(fields.time.getTime() + fields.expiresSeconds * 1000);
  if (now > expires) {
    throw new S3Error('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(fields.expiresSeconds),
      Expires: isoSeconds(expires),
      ServerTime: isoSeconds(now),
    });
  }
}

/** `host` and every `x-amz-*` header must be covered, and what is covered must be there. */
function checkSignedHeaders(fields: SignatureFields, headers: RequestHeaders): void {
  const signed = new Set(fields.signedHeaders);
  const unsigned = headers
    .names()
    .filter((name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name));
  if (unsigned.length > 0 || !signed.has('host')) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.length > 0 ? unsigned.join(', ') : 'host',
    });
  }
  const absent = fields.signedHeaders.filter((name) => !headers.has(name));
  if (absent.length > 0) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      `Signed headers are missing from the request: ${absent.join(', ')}`,
    );
  }
}

/** Shows what the server signed, as S3 does: it helps an honest client and tells a forger nothing. */
function mismatch(fields: SignatureFields, attempt: { request: string; text: string } | undefined): S3Error {
  const { request, text } = attempt ?? { request: '', text: '' };
  return new S3Error('SignatureDoesNotMatch', undefined, {
    AWSAccessKeyId: fields.scope.accessKeyId,
    StringToSign: text,
    SignatureProvided: fields.signature,
    StringToSignBytes: hexBytes(text),
    CanonicalRequest: request,
    CanonicalRequestBytes: hexBytes(request),
  });
}

const isoSeconds = (time: Date): string => time.toISOString().replace(/\.\d{3}Z$/, 'Z');

const hexBytes = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
