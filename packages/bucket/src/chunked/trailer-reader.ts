import { createHash } from 'node:crypto';
import { hmac } from '../auth/signing-key.ts';
import { sameSignature } from '../auth/same-signature.ts';
import type { ChunkSigning } from '../auth/verify-request.ts';
import { S3Error } from '../s3-error.ts';

export interface TrailerReader {
  readonly values: ReadonlyMap<string, string>;
  /** Answers undefined while the trailer goes on, else the bytes after it. */
  read(bytes: Buffer, lastSignature: string): Buffer | undefined;
}

const maximumTrailerBytes = 4096;
const signatureName = 'x-amz-trailer-signature';

/**
 * Reads the lines behind the last chunk. Exactly the announced names must come; when chunks are signed, a signature over
 * `name:value\n` of each must follow. Source: AWS, "Signature calculations … trailing headers".
 */
export function createTrailerReader(
  announced: readonly string[],
  signing: ChunkSigning | undefined,
): TrailerReader {
  const values = new Map<string, string>();
  let pending = Buffer.alloc(0);
  let total = 0;
  let signature: string | undefined;

  function takeLine(line: string): void {
    const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\x20-\x7e]*?)[ \t]*$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    const value = match?.[2];
    if (name === undefined || value === undefined || signature !== undefined) {
      throw new S3Error('MalformedTrailerError');
    }
    if (name === signatureName && signing !== undefined && announced.length > 0) {
      signature = value;
      return;
    }
    if (!announced.includes(name) || values.has(name)) throw new S3Error('MalformedTrailerError');
    values.set(name, value);
  }

  function finish(lastSignature: string): void {
    if (values.size !== announced.length) throw new S3Error('MalformedTrailerError');
    if (signing === undefined || announced.length === 0) return;
    const lines = [...values].map(([name, value]) => `${name}:${value}\n`).join('');
    const digest = createHash('sha256').update(lines, 'latin1').digest('hex');
    const text = `AWS4-HMAC-SHA256-TRAILER\n${signing.amzDate}\n${signing.scope}\n${lastSignature}\n${digest}`;
    const expected = hmac(signing.signingKey, text).toString('hex');
    if (signature === undefined || !sameSignature(expected, signature))
      throw new S3Error('SignatureDoesNotMatch');
  }

  return {
    values,
    read(bytes, lastSignature) {
      const before = pending.length;
      let data = before === 0 ? bytes : Buffer.concat([pending, bytes]);
      for (;;) {
        const end = data.indexOf('\r\n');
        if (end === -1) break;
        total += end + 2;
        if (total > maximumTrailerBytes) throw new S3Error('MalformedTrailerError');
        const line = data.toString('latin1', 0, end);
        data = data.subarray(end + 2);
        if (line === '') {
          finish(lastSignature);
          return data;
        }
        // AWS's own example ends a signed trailer with LF before CRLF, and some clients send exactly that.
        takeLine(signing !== undefined && line.endsWith('\n') ? line.slice(0, -1) : line);
      }
      if (total + data.length > maximumTrailerBytes) throw new S3Error('MalformedTrailerError');
      pending = Buffer.from(data);
      return undefined;
    },
  };
}
