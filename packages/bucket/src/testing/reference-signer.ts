import { createHash, createHmac } from 'node:crypto';
import type { BinaryLike } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** What the reference signer asks of a hash. */
class Sha256 {
  readonly #hash;
  constructor(secret?: BinaryLike) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: BinaryLike): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

/** The SDK's own signer, as S3 wants it: the path encoded once. */
export function referenceSigner(
  credentials: { accessKeyId: string; secretAccessKey: string },
  region: string,
): SignatureV4 {
  return new SignatureV4({
    service: 's3',
    region,
    credentials,
    uriEscapePath: false,
    applyChecksum: true,
    // The signer's hash accepts more kinds of input than node:crypto names; both take bytes and strings.
    sha256: Sha256 as never,
  });
}
