import { Readable } from 'node:stream';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../s3-error.ts';
import type { ObjectRecord, OpenedObject } from '../store.ts';
import { checkKey, objectPath, onDisk, type BucketState } from './bucket-state.ts';
import { randomName } from './durable-files.ts';
import { DamagedRecordError, readRecord, readRecordFacts } from './record-file.ts';
import type { StoreContext } from './store-context.ts';
import { blobNames, toObjectRecord, type StoredObject } from './stored-object.ts';

const readBytes = 256 * 1024;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Moves a record that does not have its checksum out of the way, for a person to look at. */
export const setAside = async (
  { log, files }: Pick<StoreContext, 'log' | 'files'>,
  damagedFolder: string,
  path: string,
  error: DamagedRecordError,
): Promise<void> => {
  await files.ensureFolder(damagedFolder);
  const aside = join(damagedFolder, randomName());
  await rename(path, aside);
  log.warn({ path, aside, reason: error.message }, 'a damaged record was set aside');
};

/**
 * Reads the record that the index knows. The file may be one version ahead or behind for the moment of a commit: then
 * it is read again under the lock of the key, where both agree.
 */
const readVersion = async <Read extends { facts: StoredObject }>(
  context: StoreContext,
  bucket: BucketState,
  key: string,
  read: (path: string) => Promise<Read>,
  found: (value: Read) => void = () => undefined,
): Promise<Read | undefined> => {
  const path = objectPath(bucket.paths, key);
  const isCurrent = (value: Read): boolean => bucket.index.get(key)?.version === value.facts.version;
  if (bucket.index.get(key) === undefined) return undefined;
  const early = await read(path).catch(() => undefined);
  if (early !== undefined && isCurrent(early)) {
    found(early);
    return early;
  }
  return bucket.keyLocks.run(key, async () => {
    if (bucket.index.get(key) === undefined) return undefined;
    try {
      const value = await read(path);
      found(value);
      return value;
    } catch (error) {
      if (isMissing(error)) {
        context.log.warn({ path }, 'the record of an object is missing: somebody removed it from the folder');
        bucket.index.delete(key);
        return undefined;
      }
      if (!(error instanceof DamagedRecordError)) throw error;
      await setAside(context, bucket.paths.damaged, path, error);
      bucket.index.delete(key);
      throw new S3Error('InternalError', 'The stored object is damaged.', {}, error);
    }
  });
};

export const headObject = async (
  context: StoreContext,
  bucketName: string,
  key: string,
): Promise<ObjectRecord | undefined> => {
  const bucket = context.bucket(bucketName);
  checkKey(key);
  const value = await onDisk(bucket, () =>
    readVersion(context, bucket, key, async (path) => ({
      facts: await readRecordFacts(path, 'object'),
    })),
  );
  return value === undefined ? undefined : toObjectRecord(value.facts);
};

/** The bytes `start` to `end` (inclusive) of blobs in their order. Opens one file at a time, and only those it needs. */
async function* readBlobs(
  bucket: BucketState,
  blobs: StoredObject['blobs'],
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  let offset = 0;
  for (const blob of blobs) {
    const from = Math.max(start - offset, 0);
    const until = Math.min(end - offset + 1, blob.size);
    offset += blob.size;
    if (from >= until) continue;
    await using file = await bucket.blobs.open(blob.name);
    for (let at = from; at < until;) {
      const chunk = Buffer.allocUnsafe(Math.min(readBytes, until - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) throw new Error(`blob ${blob.name} ends at ${at} instead of ${blob.size}`);
      at += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  }
}

export const openObject = async (
  context: StoreContext,
  bucketName: string,
  key: string,
): Promise<OpenedObject | undefined> => {
  const bucket = context.bucket(bucketName);
  checkKey(key);
  const value = await onDisk(bucket, () =>
    readVersion(
      context,
      bucket,
      key,
      (path) => readRecord(path, 'object'),
      // In the same tick in which the version was found current, so that no overwrite comes between.
      ({ facts }) => bucket.blobs.pin(blobNames(facts)),
    ),
  );
  if (value === undefined) return undefined;
  const { facts, body } = value;
  let closed = false;

  const read = (range?: { start: number; end: number }): Readable => {
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? facts.size - 1, facts.size - 1);
    if (facts.blobs.length === 0) {
      const slice = body.subarray(start, end + 1);
      return Readable.from(slice.length === 0 ? [] : [slice], { objectMode: false });
    }
    return Readable.from(readBlobs(bucket, facts.blobs, start, end), {
      objectMode: false,
      highWaterMark: readBytes,
    });
  };

  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await bucket.blobs.unpin(blobNames(facts));
  };

  return { record: toObjectRecord(facts), read, close };
};
