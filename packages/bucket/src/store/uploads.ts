import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../s3-error.ts';
import type { ObjectStore, PartRecord, UploadRecord } from '../store.ts';
import { takeBody } from './body-intake.ts';
import { checkKey, onDisk, type BucketState, type UploadState } from './bucket-state.ts';
import { randomName } from './durable-files.ts';
import type { StoredPart } from './record-facts.ts';
import { encodeRecord } from './record-file.ts';
import type { StoreContext } from './store-context.ts';

/** AWS, multipart upload limits. */
const maxPartNumber = 10_000;

/** Begins with the time, so that the ids of one key sort by initiation as S3 lists them. */
const newUploadId = (now: Date): string => `${now.getTime().toString(16).padStart(12, '0')}${randomName()}`;

export const toUploadRecord = (
  bucket: BucketState,
  uploadId: string,
  { facts }: UploadState,
): UploadRecord => ({
  ...facts,
  bucket: bucket.record.name,
  uploadId,
  // exactOptionalPropertyTypes: JSON leaves out what is undefined.
  checksumAlgorithm: facts.checksumAlgorithm,
  initiatedAt: new Date(facts.initiatedAt),
});

const toPartRecord = ({ partNumber, size, etag, lastModified, checksums }: StoredPart): PartRecord => ({
  partNumber,
  size,
  etag,
  lastModified: new Date(lastModified),
  checksums,
});

/** Throws NoSuchUpload, also for an upload of another key. */
export const findUpload = (bucket: BucketState, key: string, uploadId: string): UploadState => {
  const upload = bucket.uploads.get(uploadId);
  if (upload === undefined || upload.facts.key !== key) throw new S3Error('NoSuchUpload');
  return upload;
};

/** Takes an upload away: one rename, on disk when it resolves. Its folder is then removed; its blobs are the caller's. */
export const endUpload = async (
  { files }: StoreContext,
  bucket: BucketState,
  uploadId: string,
): Promise<void> => {
  const grave = join(bucket.paths.temporary, randomName());
  await rename(join(bucket.paths.uploads, uploadId), grave);
  bucket.uploads.delete(uploadId);
  await files.syncFolder(bucket.paths.uploads);
  await rm(grave, { recursive: true, force: true });
};

/**
 * Removes the bytes of parts. Those that the object already owns stay: its commit can succeed and the end of its upload
 * fail, when the disk does, and then both name the same blobs until the next start.
 */
export const discardParts = async (
  bucket: BucketState,
  key: string,
  parts: Iterable<StoredPart>,
): Promise<void> => {
  const owned = new Set(bucket.index.get(key)?.blobs);
  for (const { blob } of parts) {
    if (blob !== undefined && !owned.has(blob.name)) await bucket.blobs.discard([blob.name]);
  }
};

type UploadCalls = Pick<ObjectStore, 'createUpload' | 'getUpload' | 'putPart' | 'listParts' | 'abortUpload'>;

/** Multipart uploads up to their end. Their state is on disk: an upload goes on after a restart. */
export const createUploadCalls = (context: StoreContext): UploadCalls => {
  const { files, gate, clock } = context;

  const createUpload: UploadCalls['createUpload'] = async ({ bucket: bucketName, ...input }) => {
    const bucket = context.bucket(bucketName);
    checkKey(input.key);
    const now = clock.now();
    const uploadId = newUploadId(now);
    const state: UploadState = {
      facts: { ...input, uploadId, initiatedAt: now.getTime() },
      parts: new Map(),
    };
    const draft = join(bucket.paths.temporary, uploadId);
    await onDisk(bucket, () =>
      gate.run(bucket, async () => {
        try {
          await mkdir(draft);
          await files.replace(
            bucket.paths.temporary,
            join(draft, 'upload'),
            encodeRecord('upload', state.facts),
          );
          await rename(draft, join(bucket.paths.uploads, uploadId));
        } catch (error) {
          await rm(draft, { recursive: true, force: true });
          throw error;
        }
        await files.syncFolder(bucket.paths.uploads);
        bucket.uploads.set(uploadId, state);
      }),
    );
    return toUploadRecord(bucket, uploadId, state);
  };

  const getUpload: UploadCalls['getUpload'] = async (bucketName, key, uploadId) => {
    const bucket = context.bucket(bucketName);
    return toUploadRecord(bucket, uploadId, findUpload(bucket, key, uploadId));
  };

  const putPart: UploadCalls['putPart'] = async (input) => {
    const bucket = context.bucket(input.bucket);
    const { partNumber, uploadId } = input;
    if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > maxPartNumber) {
      throw new S3Error(
        'InvalidArgument',
        `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`,
      );
    }
    const { checksumAlgorithm } = findUpload(bucket, input.key, uploadId).facts;
    const algorithms =
      checksumAlgorithm === undefined
        ? input.algorithms
        : [...new Set([...input.algorithms, checksumAlgorithm])];
    return onDisk(bucket, async () => {
      const taken = await takeBody(input.body, bucket.blobs, { algorithms, inlineLimitBytes: 0 });
      const blobNames = taken.blob === undefined ? [] : [taken.blob.name];
      try {
        const checksums = input.verify(taken.digest);
        // Complete needs it, whatever the request of the part asked to keep.
        const needed =
          checksumAlgorithm === undefined ? undefined : taken.digest.checksums[checksumAlgorithm];
        if (checksumAlgorithm !== undefined && needed !== undefined) checksums[checksumAlgorithm] = needed;
        const part: StoredPart = {
          partNumber,
          size: taken.digest.size,
          etag: taken.digest.md5Hex,
          lastModified: clock.now().getTime(),
          checksums,
          blob: taken.blob,
        };
        await bucket.uploadLocks.run(uploadId, () =>
          gate.run(bucket, async () => {
            const upload = findUpload(bucket, input.key, uploadId);
            const path = join(bucket.paths.uploads, uploadId, String(partNumber));
            await files.replace(bucket.paths.temporary, path, encodeRecord('part', part));
            const before = upload.parts.get(partNumber);
            upload.parts.set(partNumber, part);
            if (before !== undefined) await discardParts(bucket, input.key, [before]);
          }),
        );
        return toPartRecord(part);
      } catch (error) {
        await bucket.blobs.discard(blobNames);
        throw error;
      }
    });
  };

  const listParts: UploadCalls['listParts'] = async (bucketName, key, uploadId) => {
    const { parts } = findUpload(context.bucket(bucketName), key, uploadId);
    return [...parts.values()].map(toPartRecord).toSorted((a, b) => a.partNumber - b.partNumber);
  };

  const abortUpload: UploadCalls['abortUpload'] = async (bucketName, key, uploadId) => {
    const bucket = context.bucket(bucketName);
    await onDisk(bucket, () =>
      bucket.uploadLocks.run(uploadId, () =>
        gate.run(bucket, async () => {
          const { parts } = findUpload(bucket, key, uploadId);
          await endUpload(context, bucket, uploadId);
          await discardParts(bucket, key, parts.values());
        }),
      ),
    );
  };

  return { createUpload, getUpload, putPart, listParts, abortUpload };
};
