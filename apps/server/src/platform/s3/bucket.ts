import type { Readable } from 'node:stream';
import type { BucketUploads } from './bucket-uploads.ts';

/** One object as it came. */
export interface BucketObject {
  bytes: Uint8Array;
  contentType: string | null;
  etag: string | null;
  lastModified: Date | null;
}

export interface BucketObjectFacts {
  size: number;
  contentType: string | null;
  etag: string | null;
  lastModified: Date | null;
}

/** An object on its way. The reader consumes or destroys the body. */
export interface BucketStream {
  /** Null where the server does not say. */
  size: number | null;
  contentType: string | null;
  etag: string | null;
  lastModified: Date | null;
  /** At most `maxBytes`; its failures are AppErrors too. */
  body: Readable;
}

export interface BucketListing {
  objects: { key: string; size: number; lastModified: Date }[];
  /** Opaque, the provider's own; null on the last page. */
  next: string | null;
}

interface CallOptions {
  signal: AbortSignal;
}

export interface GetObjectOptions extends CallOptions {
  /** A larger object ends in AppError `payloadTooLarge`, before or while it is read. */
  maxBytes: number;
  /** An ETag as S3 gave it; the answer is then null while the object is still that one. */
  ifNoneMatch?: string;
  /** Bytes, both ends included. */
  range?: { start: number; end: number };
}

export interface OpenObjectOptions extends CallOptions {
  /** As of `getObject`; counted while the body is read, too. */
  maxBytes: number;
  ifNoneMatch?: string;
  /** For an object without an ETag: the answer is null unless it was modified since. */
  ifModifiedSince?: Date;
  /** How long it may take until the body was read, all in all; a minute unless said otherwise. */
  milliseconds?: number;
}

/**
 * Reads objects below a connection's prefix; keys are relative to it. Every call ends in time, and its failures are
 * AppErrors: `notFound`, `payloadTooLarge`, `originTimeout`, `originFailed`, `endpointRefused`. When `signal` was
 * aborted, its reason is thrown.
 *
 * A key with a `.` or `..` segment is `notFound`: a proxy that tidies paths would lead it out of the prefix.
 */
export interface BucketReader {
  getObject(key: string, options: GetObjectOptions): Promise<BucketObject | null>;
  /** The same without holding it in memory. `signal` bounds the body as well. */
  openObject(key: string, options: OpenObjectOptions): Promise<BucketStream | null>;
  headObject(key: string, options: CallOptions): Promise<BucketObjectFacts>;
  listObjects(
    options: CallOptions & { prefix?: string; limit?: number; cursor?: string },
  ): Promise<BucketListing>;
}

/** The same, and writes. */
export interface Bucket extends BucketReader {
  putObject(key: string, body: Uint8Array, options: CallOptions & { contentType?: string }): Promise<void>;
  deleteObject(key: string, options: CallOptions): Promise<void>;
  /** What others send and fetch by requests that are signed here. */
  readonly uploads: BucketUploads;
}
