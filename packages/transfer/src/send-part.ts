import type { PartBody } from './upload-source.ts';
import type { SignedRequest } from './wire.ts';

/** What the bucket answered, whatever its status. */
export interface SendAnswer {
  status: number;
  /** Null where the bucket sent none, or where its CORS rule does not show it to the page. */
  etag: string | null;
  /** Milliseconds that the bucket asks to wait (`Retry-After`), or null. */
  retryAfterMs: number | null;
  /** Of an error, its first 64 KiB: the XML that says why. */
  bodyText: string;
  /** Base64, where it was asked for and the sender computed it while it read the body. */
  crc64nvme?: string | undefined;
}

export interface SendOptions {
  /** Bytes of this body that have gone out so far; never fewer than before. */
  onProgress(bytesSent: number): void;
  signal: AbortSignal;
  /** Whether the answer should have the CRC-64/NVME of the body. A sender that cannot leaves it out. */
  crc64nvme: boolean;
}

/**
 * Sends a signed request with a body. It fails with whatever its transport fails with (the engine takes that for the
 * network), and with the signal's reason when aborted.
 */
export type SendPart<Body extends PartBody = Blob> = (
  request: SignedRequest,
  body: Body,
  options: SendOptions,
) => Promise<SendAnswer>;
