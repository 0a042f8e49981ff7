import type { RequestHeaders } from '../http/request-headers.ts';
import { S3Error } from '../s3-error.ts';
import type { SignatureFields } from './signature-fields.ts';

const allowedSkewMilliseconds = 15 * 60 * 1000;

/** A signature holds for a quarter of an hour, a pre-signed URL as long as it says. Throws RequestTimeTooSkewed, AccessDenied. */
export function checkTime(fields: SignatureFields, now: Date): void {
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
export function checkSignedHeaders(fields: SignatureFields, headers: RequestHeaders): void {
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
export function mismatch(
  fields: SignatureFields,
  attempt: { request: string; text: string } | undefined,
): S3Error {
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

export const hexBytes = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
