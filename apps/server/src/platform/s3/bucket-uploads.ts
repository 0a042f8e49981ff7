import type { Checksum, SignedRequest } from '@windlass/contract';
import type { Disposition } from '../../kernel/content-disposition.ts';

interface CallOptions {
  signal: AbortSignal;
}

interface SignOptions extends CallOptions {
  /** How long the URL is good for. It ends sooner where the session that signs it does: `expiresAt` of the answer says when. */
  expiresInSeconds: number;
}

/** A part as it is to be sent. */
export interface PlannedPart {
  /** 1 to 10,000. */
  number: number;
  /** Bytes; the bucket takes exactly as many. */
  size: number;
}

/** A part that the bucket took; its ETag is what the bucket answered with, quotes and all or without. */
export interface SentPart {
  number: number;
  etag: string;
}

/** A part as the bucket lists it. */
export interface StoredPart extends SentPart {
  /** Bytes. */
  size: number;
}

/** An upload that was begun and neither completed nor aborted. Its key is relative to the connection's prefix. */
export interface OpenUpload {
  key: string;
  uploadId: string;
  /** Null where the server does not say. */
  initiatedAt: Date | null;
}

export interface UploadListing {
  uploads: OpenUpload[];
  /** Opaque; null on the last page. */
  next: string | null;
}

/**
 * Uploads that go straight into the bucket, and downloads straight out of it: others send and fetch the bytes by the
 * requests that are signed here. Keys are relative to the connection's prefix. Nothing is ever overwritten where the
 * provider can refuse it (`upload-profile.ts`).
 *
 * Failures are AppErrors, as of BucketReader, and besides:
 *
 * - `objectExists`: there is an object of this key; it was left as it is
 * - `uploadRestarted`: another write came between, or the bytes are not the promised ones; all parts are to be sent anew,
 *   for an upload that is to be created anew
 * - `uploadIncomplete`: parts are missing, of another ETag, too small, or not of the promised size together
 * - `uploadEnded`: the bucket knows no such upload: it was completed, aborted or swept away
 */
export interface BucketUploads {
  /**
   * The connection's whole key: prefix + key.
   *
   * @throws AppError notFound for a key that no object here can have
   */
  fullKey(key: string): string;
  /** Begins a multipart upload. The content type becomes the object's. */
  createUpload(key: string, options: CallOptions & { contentType: string }): Promise<{ uploadId: string }>;
  /**
   * A PUT of one whole object: of exactly `size` bytes of that type, and only while there is no object of this key. With a
   * checksum, S3 refuses other bytes (AWS: Checking object integrity); a provider that cannot is not asked to.
   *
   * @example
   *   await signPut('a.jpg', { size: 5, contentType: 'image/jpeg', checksum: null, expiresInSeconds: 900, signal })
   *   // { method: 'PUT', url: 'https://…', headers: { 'content-length': '5', 'content-type': 'image/jpeg', 'if-none-match': '*' }, … }
   */
  signPut(
    key: string,
    options: SignOptions & { size: number; contentType: string; checksum: Checksum | null },
  ): Promise<SignedRequest>;
  /** PUTs of parts, in the order of `parts`; each takes exactly the bytes of its part. No call to the bucket. */
  signParts(
    key: string,
    uploadId: string,
    parts: readonly PlannedPart[],
    options: SignOptions,
  ): Promise<(SignedRequest & { number: number })[]>;
  /**
   * Has the bucket put the parts together, in the order of their numbers, unless there is an object of this key already
   * or they have not `size` bytes together.
   *
   * When the answer to an earlier try was lost, that the object is there or the upload is not may be our own success: look, or
   * ask again. Tries of one call are told apart here, and end in `originTimeout`.
   *
   * @param options.crc64nvme of the whole object in base64; the bucket compares it where it can
   * @returns `checksummed`: the bucket computed the same checksum
   */
  completeUpload(
    key: string,
    uploadId: string,
    parts: readonly SentPart[],
    options: CallOptions & { size: number; crc64nvme: string | null },
  ): Promise<{ etag: string | null; checksummed: boolean }>;
  /** Gives up an upload and its parts. One that is not there any more is fine. */
  abortUpload(key: string, uploadId: string, options: CallOptions): Promise<void>;
  /** Uploads below the connection's prefix plus `prefix`. Needs `s3:ListBucketMultipartUploads`, which few connections have. */
  listUploads(
    options: CallOptions & { prefix?: string; limit?: number; cursor?: string },
  ): Promise<UploadListing>;
  /** Every part that the bucket has, in the order of their numbers. */
  listParts(key: string, uploadId: string, options: CallOptions): Promise<StoredPart[]>;
  /** A GET whose answer names the file for whoever saves it. `contentType` replaces the object's own in the answer. */
  signGet(
    key: string,
    options: SignOptions & { disposition: Disposition; contentType?: string },
  ): Promise<SignedRequest>;
  /** Writes a small object that must not be there yet. @throws AppError objectExists */
  putNew(key: string, body: Uint8Array, options: CallOptions & { contentType: string }): Promise<void>;
}
