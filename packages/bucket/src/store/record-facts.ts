import type { BucketDocument, BucketRecord, PartRecord, UploadRecord } from '../store.ts';
import type { StoredBlob, StoredObject } from './stored-object.ts';

/** Times on disk are milliseconds since 1970. */
export interface StoredBucket extends Omit<BucketRecord, 'createdAt'> {
  createdAt: number;
}

/** A part as it is kept: what S3 tells of it and where its bytes are. */
export interface StoredPart extends Omit<PartRecord, 'lastModified'> {
  lastModified: number;
  blob: StoredBlob | undefined;
}

export interface StoredUpload extends Omit<UploadRecord, 'bucket' | 'initiatedAt'> {
  initiatedAt: number;
}

/** The facts in a record of each kind: what is written is what may be read. */
export interface RecordFacts {
  bucket: StoredBucket;
  /** The document itself is the body. */
  document: { document: BucketDocument };
  object: StoredObject;
  upload: StoredUpload;
  part: StoredPart;
}
