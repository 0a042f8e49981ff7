import { hash } from 'node:crypto';
import type { ChecksumAlgorithm, Checksums, ObjectRecord } from '../store.ts';
import { checksumAlgorithms } from '../store.ts';
import type { IndexEntry } from './key-index.ts';

export interface StoredBlob {
  name: string;
  size: number;
}

/** The facts in the record of an object, as they are on disk. */
export interface StoredObject extends Omit<ObjectRecord, 'lastModified' | 'partSizes'> {
  /** Random, new with each write: tells two writes of the same bytes apart. */
  version: string;
  /** Milliseconds since 1970. */
  lastModified: number;
  /** In the order of the bytes; empty when the bytes are the record's body. */
  blobs: StoredBlob[];
  /** The upload that made it, when one did: its blobs are the parts. */
  uploadId?: string;
}

/** The name of a key's record: the key itself is never a path. */
export const recordName = (key: string): string => hash('sha256', key);

export const algorithmsOf = (checksums: Checksums): ChecksumAlgorithm[] =>
  checksumAlgorithms.filter((algorithm) => checksums[algorithm] !== undefined);

/** The files that hold an object's bytes. An empty part has none. */
export const blobNames = (stored: StoredObject): string[] =>
  stored.blobs.filter((blob) => blob.size > 0).map((blob) => blob.name);

export const toObjectRecord = (stored: StoredObject): ObjectRecord => ({
  key: stored.key,
  size: stored.size,
  etag: stored.etag,
  lastModified: new Date(stored.lastModified),
  headers: stored.headers,
  metadata: stored.metadata,
  checksums: stored.checksums,
  checksumType: stored.checksumType,
  partSizes: stored.uploadId === undefined ? [] : stored.blobs.map((blob) => blob.size),
  ownerId: stored.ownerId,
});

export const toIndexEntry = (stored: StoredObject): IndexEntry => ({
  version: stored.version,
  size: stored.size,
  etag: stored.etag,
  lastModified: stored.lastModified,
  ownerId: stored.ownerId,
  checksumType: stored.checksumType,
  checksumAlgorithms: algorithmsOf(stored.checksums),
  blobs: blobNames(stored),
});
