import { rename } from 'node:fs/promises';
import { S3Error } from '../s3-error.ts';
import type { DeleteCondition, ObjectRecord, PutObjectInput, WriteCondition } from '../store.ts';
import { takeBody, type TakenBody } from './body-intake.ts';
import { checkKey, objectFolder, objectPath, onDisk, type BucketState } from './bucket-state.ts';
import { randomName, removeFile } from './durable-files.ts';
import type { IndexEntry } from './key-index.ts';
import { encodeRecord } from './record-file.ts';
import type { StoreContext } from './store-context.ts';
import { blobNames, toIndexEntry, toObjectRecord, type StoredObject } from './stored-object.ts';

/** Bodies up to this size live in their record: one file, one fsync, one read. */
const inlineLimitBytes = 64 * 1024;

/** AWS, conditional writes: If-Match on a key that is not there is NoSuchKey, every other miss is PreconditionFailed. */
export const checkWriteCondition = (entry: IndexEntry | undefined, condition: WriteCondition): void => {
  if (condition.ifNoneMatch === '*' && entry !== undefined) {
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-None-Match' });
  }
  if (condition.ifMatch === undefined) return;
  if (entry === undefined) throw new S3Error('NoSuchKey');
  if (condition.ifMatch !== '*' && condition.ifMatch !== entry.etag) {
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-Match' });
  }
};

/**
 * Makes an object visible: its record is written and synced under a temporary name, and under the lock of the key the
 * condition is checked and the record renamed. That rename is the commit; the promise resolves when it is on disk.
 * `afterRename` runs under the lock, before the answer.
 */
export const commitObject = async (
  { files, gate }: StoreContext,
  bucket: BucketState,
  stored: StoredObject,
  options: { inline?: Uint8Array | undefined; condition: WriteCondition; afterRename?: () => Promise<void> },
): Promise<ObjectRecord> => {
  const { key } = stored;
  const folder = objectFolder(bucket.paths, key);
  await files.ensureFolder(folder);
  const temporary = await files.writeTemporary(
    bucket.paths.temporary,
    encodeRecord('object', stored, options.inline),
  );
  try {
    await bucket.keyLocks.run(key, () =>
      gate.run(bucket, async () => {
        const before = bucket.index.get(key);
        checkWriteCondition(before, options.condition);
        await rename(temporary, objectPath(bucket.paths, key));
        bucket.index.set(key, toIndexEntry(stored));
        await files.syncFolder(folder);
        await options.afterRename?.();
        const kept = new Set(blobNames(stored));
        await bucket.blobs.discard((before?.blobs ?? []).filter((name) => !kept.has(name)));
      }),
    );
  } catch (error) {
    await removeFile(temporary);
    throw error;
  }
  return toObjectRecord(stored);
};

/** True when the record on the way failed and its blob is nobody's. */
const isCommitted = (bucket: BucketState, stored: StoredObject): boolean =>
  bucket.index.get(stored.key)?.version === stored.version;

export const putObject = async (context: StoreContext, input: PutObjectInput): Promise<ObjectRecord> => {
  const bucket = context.bucket(input.bucket);
  checkKey(input.key);
  // Spares the client the upload; the check that counts is the one under the lock.
  checkWriteCondition(bucket.index.get(input.key), input.condition);
  return onDisk(bucket, async () => {
    const taken: TakenBody = await takeBody(input.body, bucket.blobs, {
      algorithms: input.algorithms,
      inlineLimitBytes,
    });
    let stored: StoredObject | undefined;
    try {
      const checksums = input.verify(taken.digest);
      stored = {
        version: randomName(),
        key: input.key,
        size: taken.digest.size,
        etag: taken.digest.md5Hex,
        lastModified: context.clock.now().getTime(),
        headers: input.headers,
        metadata: input.metadata,
        checksums,
        checksumType: 'FULL_OBJECT',
        ownerId: input.ownerId,
        blobs: taken.blob === undefined ? [] : [taken.blob],
      };
      return await commitObject(context, bucket, stored, {
        inline: taken.inline,
        condition: input.condition,
      });
    } catch (error) {
      if (taken.blob !== undefined && (stored === undefined || !isCommitted(bucket, stored))) {
        await bucket.blobs.discard([taken.blob.name]);
      }
      throw error;
    }
  });
};

export const deleteObject = async (
  { files, gate, bucket: find }: StoreContext,
  bucketName: string,
  key: string,
  condition: DeleteCondition = {},
): Promise<boolean> => {
  const bucket = find(bucketName);
  checkKey(key);
  return onDisk(bucket, () =>
    bucket.keyLocks.run(key, async () => {
      const entry = bucket.index.get(key);
      if (entry === undefined) {
        if (condition.ifMatch !== undefined) throw new S3Error('NoSuchKey');
        return false;
      }
      checkWriteCondition(entry, { ifMatch: condition.ifMatch });
      if (
        condition.ifLastModified !== undefined &&
        condition.ifLastModified.getTime() !== entry.lastModified
      ) {
        throw new S3Error('PreconditionFailed');
      }
      await gate.run(bucket, async () => {
        await removeFile(objectPath(bucket.paths, key));
        bucket.index.delete(key);
        await files.syncFolder(objectFolder(bucket.paths, key));
        await bucket.blobs.discard(entry.blobs);
      });
      return true;
    }),
  );
};
