import type {
  CompletedUpload,
  FileToUpload,
  PartDone,
  Refusal,
  SignedRequest,
  Upload,
  UploadReceipt,
} from './wire.ts';

/** Either is there. */
export type UploadOrRefusal = { upload: Upload; refusal: null } | { upload: null; refusal: Refusal };
export type ReceiptOrRefusal =
  | { receipt: UploadReceipt; refusal: null }
  | { receipt: null; refusal: Refusal };

/**
 * The calls that the engine makes of Windlass; the bytes go elsewhere. Every one fails with an `UploadApiError` when the
 * server answered with an error, and with whatever the transport fails with when it did not answer.
 */
export interface UploadApi {
  /** A hundred files at most; answers in their order. */
  create(files: readonly FileToUpload[], signal: AbortSignal): Promise<UploadOrRefusal[]>;
  get(id: string, signal: AbortSignal): Promise<Upload>;
  /** A thousand of each at most. */
  parts(
    id: string,
    parts: { done: readonly PartDone[]; sign: readonly number[] },
    signal: AbortSignal,
  ): Promise<(SignedRequest & { number: number })[]>;
  /** A hundred at most; answers in their order. */
  complete(uploads: readonly CompletedUpload[], signal: AbortSignal): Promise<ReceiptOrRefusal[]>;
  abort(id: string, signal: AbortSignal): Promise<void>;
}

/** Windlass answered with an error (RFC 9457). */
export class UploadApiError extends Error {
  override readonly name = 'UploadApiError';
  readonly status: number;
  readonly refusal: Refusal;
  /** What `Retry-After` asked for, or null. */
  readonly retryAfterMs: number | null;

  constructor(status: number, refusal: Refusal, retryAfterMs: number | null = null) {
    super(refusal.detail);
    this.status = status;
    this.refusal = refusal;
    this.retryAfterMs = retryAfterMs;
  }
}
