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
  return signerFor('s3', credentials, region, { applyChecksum: true });
}

/** As `referenceSigner`, for any service; `applyChecksum` adds the hash of the body as a header. */
export function signerFor(
  service: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
  region: string,
  { applyChecksum }: { applyChecksum: boolean },
): SignatureV4 {
  return new SignatureV4({
    service,
    region,
    credentials,
    uriEscapePath: service !== 's3',
    applyChecksum,
    // The signer's hash accepts more kinds of input than node:crypto names; both take bytes and strings.
    sha256: Sha256 as never,
  });
}
