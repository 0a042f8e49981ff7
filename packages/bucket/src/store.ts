import type { Readable } from 'node:stream';

/** Checksums that S3 keeps with an object, base64, by algorithm. AWS: checking object integrity. */
export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];
export type Checksums = Partial<Record<ChecksumAlgorithm, string>>;
/** FULL_OBJECT is over the bytes; COMPOSITE over the parts' checksums, with `-N`. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** Headers that S3 stores and returns as they were sent. */
export interface ContentHeaders {
  contentType?: string;
  contentEncoding?: string;
  contentLanguage?: string;
  contentDisposition?: string;
  cacheControl?: string;
  expires?: string;
}

export interface ObjectRecord {
  key: string;
  size: number;
  /** Without quotes: the MD5 in hex, or `<md5 of md5s>-<parts>` for a multipart object. */
  etag: string;
  lastModified: Date;
  headers: ContentHeaders;
  /** Lower-case names without `x-amz-meta-`. */
  metadata: Record<string, string>;
  checksums: Checksums;
  checksumType: ChecksumType;
  /** Sizes of the parts, for `partNumber` reads; empty for a single PUT. */
  partSizes: number[];
  ownerId: string;
}

/** What a listing tells of an object; it is held in memory, so that a list reads no file. */
export type ListedObject = Pick<
  ObjectRecord,
  'key' | 'size' | 'etag' | 'lastModified' | 'checksumType' | 'ownerId'
> & { checksumAlgorithms: readonly ChecksumAlgorithm[] };

/** RFC 9110 13.1 conditions of a write; ETags without quotes. `*` means any. */
export interface WriteCondition {
  ifNoneMatch?: '*' | undefined;
  ifMatch?: string | undefined;
}

/** Conditions of a delete; `ifLastModified` is compared to the millisecond. */
export interface DeleteCondition {
  ifMatch?: string | undefined;
  ifLastModified?: Date | undefined;
}

export interface BucketRecord {
  name: string;
  ownerId: string;
  createdAt: Date;
}

export const bucketDocuments = ['cors', 'policy', 'lifecycle', 'publicAccessBlock'] as const;
/** Configuration documents of a bucket, kept as the text that was accepted. */
export type BucketDocument = (typeof bucketDocuments)[number];

export interface PutObjectInput {
  bucket: string;
  key: string;
  /** Read to its end on success. On failure it is left where it was: the caller decides to drain or destroy it. */
  body: Readable;
  headers: ContentHeaders;
  metadata: Record<string, string>;
  ownerId: string;
  condition: WriteCondition;
  /**
   * Runs when every byte was read and hashed, before the object becomes visible: throw to refuse it (bad digest, bad
   * trailer checksum). It answers which checksums to keep.
   */
  verify(found: BodyDigest): Checksums;
  /** Algorithms to compute besides MD5; may be told late by a trailer, so the caller names all it may need. */
  algorithms: readonly ChecksumAlgorithm[];
}

export interface BodyDigest {
  size: number;
  md5Hex: string;
  sha256Hex: string;
  checksums: Checksums;
}

export interface PartRecord {
  partNumber: number;
  size: number;
  etag: string;
  lastModified: Date;
  checksums: Checksums;
}

export interface UploadRecord {
  bucket: string;
  key: string;
  uploadId: string;
  initiatedAt: Date;
  headers: ContentHeaders;
  metadata: Record<string, string>;
  ownerId: string;
  checksumAlgorithm: ChecksumAlgorithm | undefined;
  checksumType: ChecksumType;
}

export interface ListInput {
  prefix: string;
  delimiter: string;
  /** Keys and common prefixes strictly after this, in UTF-8 byte order. */
  startAfter: string;
  /** 0 to 1,000. */
  maxKeys: number;
}

export interface ListResult {
  objects: ListedObject[];
  commonPrefixes: string[];
  /** True when there is more; then `next` is the last key or common prefix that was given. */
  truncated: boolean;
  next: string | undefined;
}

export interface UploadListInput {
  prefix: string;
  delimiter: string;
  keyMarker: string;
  uploadIdMarker: string;
  /** 0 to 1,000. */
  maxUploads: number;
}

export interface UploadListResult {
  /** Sorted by key, then by the time of initiation. */
  uploads: UploadRecord[];
  commonPrefixes: string[];
  truncated: boolean;
  /** The markers of the next page; both empty when nothing is left. */
  nextKeyMarker: string;
  nextUploadIdMarker: string;
}

/** One version of an object, held until `close`: an overwrite or delete meanwhile does not change what is read. */
export interface OpenedObject {
  record: ObjectRecord;
  /** `end` is inclusive. May be called more than once before `close`. */
  read(range?: { start: number; end: number }): Readable;
  /** Call it when the reading has ended: it lets the bytes of a replaced version go. */
  close(): Promise<void>;
}

/**
 * Objects on a folder. Knows S3's data and its rules of atomicity, nothing of HTTP, XML or signatures.
 * Failures that S3 has a code for are thrown as `S3Error`.
 *
 * Every write is durable and atomic when its promise resolves; a reader never sees half of one.
 */
export interface ObjectStore extends AsyncDisposable {
  createBucket(name: string, ownerId: string): Promise<void>;
  /** Throws BucketNotEmpty. */
  deleteBucket(name: string): Promise<void>;
  getBucket(name: string): BucketRecord | undefined;
  listBuckets(): BucketRecord[];

  getDocument(bucket: string, document: BucketDocument): string | undefined;
  putDocument(bucket: string, document: BucketDocument, text: string | undefined): Promise<void>;

  putObject(input: PutObjectInput): Promise<ObjectRecord>;
  /** Undefined when there is none. */
  headObject(bucket: string, key: string): Promise<ObjectRecord | undefined>;
  openObject(bucket: string, key: string): Promise<OpenedObject | undefined>;
  /** True when there was one. With a condition, throws PreconditionFailed where it does not hold. */
  deleteObject(bucket: string, key: string, condition?: DeleteCondition): Promise<boolean>;
  listObjects(bucket: string, input: ListInput): Promise<ListResult>;

  createUpload(input: Omit<UploadRecord, 'uploadId' | 'initiatedAt'>): Promise<UploadRecord>;
  /** Throws NoSuchUpload. */
  getUpload(bucket: string, key: string, uploadId: string): Promise<UploadRecord>;
  putPart(
    input: Pick<PutObjectInput, 'bucket' | 'key' | 'body' | 'verify' | 'algorithms'> & {
      uploadId: string;
      partNumber: number;
    },
  ): Promise<PartRecord>;
  listParts(bucket: string, key: string, uploadId: string): Promise<PartRecord[]>;
  /**
   * Throws InvalidPart, InvalidPartOrder, EntityTooSmall (a part but the last below 5 MiB), PreconditionFailed,
   * InvalidRequest when `expectedSize` (x-amz-mp-object-size) differs.
   */
  completeUpload(input: {
    bucket: string;
    key: string;
    uploadId: string;
    parts: { partNumber: number; etag: string; checksums: Checksums }[];
    condition: WriteCondition;
    expectedSize: number | undefined;
    /** Checksums of the whole object as the client knows them; BadDigest when one differs. */
    expectedChecksums?: Checksums | undefined;
  }): Promise<ObjectRecord>;
  abortUpload(bucket: string, key: string, uploadId: string): Promise<void>;
  listUploads(bucket: string, input: UploadListInput): Promise<UploadListResult>;
}
