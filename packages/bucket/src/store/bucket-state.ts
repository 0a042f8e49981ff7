import { join } from 'node:path';
import { S3Error } from '../s3-error.ts';
import type { BucketDocument, BucketRecord } from '../store.ts';
import { createBlobFiles, fanOut, type BlobFiles } from './blob-files.ts';
import type { DurableFiles } from './durable-files.ts';
import { createKeyIndex, type KeyIndex } from './key-index.ts';
import { createNamedLock, type NamedLock } from './named-lock.ts';
import type { StoredPart, StoredUpload } from './record-facts.ts';
import { recordName } from './stored-object.ts';

/**
 * The folder of one bucket. Its name is a random id, and no name below comes from a user:
 *
 *     bucket                  record: name, owner, time
 *     documents/<kind>        record: cors, policy, lifecycle, publicAccessBlock
 *     objects/<aa>/<sha256>   record of the key with this SHA-256, with the bytes of a small object
 *     blobs/<aa>/<random>     bytes of large objects and of parts
 *     uploads/<id>/upload     record of an open multipart upload, beside one record a part
 *     temporary/              what is being written; emptied at a start
 *     damaged/                records that do not have their checksum, set aside
 */
export interface BucketPaths {
  root: string;
  record: string;
  documents: string;
  objects: string;
  blobs: string;
  uploads: string;
  temporary: string;
  damaged: string;
}

export const bucketPaths = (root: string): BucketPaths => ({
  root,
  record: join(root, 'bucket'),
  documents: join(root, 'documents'),
  objects: join(root, 'objects'),
  blobs: join(root, 'blobs'),
  uploads: join(root, 'uploads'),
  temporary: join(root, 'temporary'),
  damaged: join(root, 'damaged'),
});

export const objectFolder = (paths: BucketPaths, key: string): string =>
  join(paths.objects, fanOut(recordName(key)));

export const objectPath = (paths: BucketPaths, key: string): string =>
  join(objectFolder(paths, key), recordName(key));

export interface UploadState {
  facts: StoredUpload;
  parts: Map<number, StoredPart>;
}

/** One bucket in memory: its index and what its writers share. */
export interface BucketState {
  record: BucketRecord;
  paths: BucketPaths;
  documents: Map<BucketDocument, string>;
  index: KeyIndex;
  blobs: BlobFiles;
  uploads: Map<string, UploadState>;
  /** Commits to one key, and to one upload, go one after another. */
  keyLocks: NamedLock;
  uploadLocks: NamedLock;
  /** Commits under way: a bucket is not empty while one of them may succeed. */
  commits: number;
  deleted: boolean;
}

export const createBucketState = (record: BucketRecord, root: string, files: DurableFiles): BucketState => {
  const paths = bucketPaths(root);
  return {
    record,
    paths,
    documents: new Map(),
    index: createKeyIndex(),
    blobs: createBlobFiles(paths.blobs, files),
    uploads: new Map(),
    keyLocks: createNamedLock(),
    uploadLocks: createNamedLock(),
    commits: 0,
    deleted: false,
  };
};

/** AWS: a key is 1 to 1,024 bytes of UTF-8. */
export const checkKey = (key: string): void => {
  if (key === '') throw new S3Error('InvalidRequest', 'A key has at least one character.');
  if (!key.isWellFormed()) throw new S3Error('InvalidURI', 'The key is not well-formed Unicode.');
  if (Buffer.byteLength(key) > 1024) throw new S3Error('KeyTooLongError');
};

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * What the disk says, in S3's words where it has some: a full disk is 503, which clients try again later, and a file that
 * went away with its deleted bucket is NoSuchBucket.
 */
export const translateDiskError = (error: unknown, bucket: BucketState): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' && bucket.deleted) return new S3Error('NoSuchBucket');
  if (fullCodes.has(code)) {
    return new S3Error('ServiceUnavailable', 'The disk of this bucket is full.', {}, error);
  }
  return error;
};

/** Work on a bucket whose disk errors are told in S3's words. */
export const onDisk = async <Result>(bucket: BucketState, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw translateDiskError(error, bucket);
  }
};
