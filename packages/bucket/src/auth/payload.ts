import { S3Error } from '../s3-error.ts';
import type { SignatureFields } from './signature-fields.ts';

/** How the body is protected (AWS: Authenticating requests, x-amz-content-sha256). */
export type Payload =
  | { kind: 'unsigned' }
  | { kind: 'sha256'; hex: string }
  | { kind: 'signed-chunks'; trailer: boolean }
  | { kind: 'unsigned-chunks' };

const streaming: Record<string, Payload> = {
  'UNSIGNED-PAYLOAD': { kind: 'unsigned' },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { kind: 'signed-chunks', trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { kind: 'signed-chunks', trailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { kind: 'unsigned-chunks' },
};

/**
 * Reads `x-amz-content-sha256`. It must be there when the signature is in a header; a pre-signed URL and an anonymous
 * request may leave it out and then have an unsigned payload.
 */
export function readPayload(value: string | undefined, kind: SignatureFields['kind'] | 'anonymous'): Payload {
  if (value === undefined) {
    if (kind === 'header') {
      throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
    }
    return { kind: 'unsigned' };
  }
  if (/^[0-9a-f]{64}$/.test(value)) return { kind: 'sha256', hex: value };
  const payload = Object.hasOwn(streaming, value) ? streaming[value] : undefined;
  if (payload === undefined) {
    throw new S3Error(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
      { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value },
    );
  }
  if (payload.kind === 'signed-chunks' && kind !== 'header') {
    throw new S3Error('InvalidRequest', 'Signed chunks need a signature in the Authorization header.');
  }
  return payload;
}
