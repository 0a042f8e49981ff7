import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Error } from '../s3-error.ts';
import type { ObjectStore } from '../store.ts';
import { loadBuckets } from './buckets.ts';
import { createCommitGate } from './commit-gate.ts';
import { completeUpload } from './complete-upload.ts';
import { createDurableFiles } from './durable-files.ts';
import { lockFolder } from './folder-lock.ts';
import { listUploads } from './list-uploads.ts';
import { removeLeftovers } from './load-bucket.ts';
import { headObject, openObject } from './object-reads.ts';
import { deleteObject, putObject } from './object-writes.ts';
import type { StoreClock, StoreContext, StoreLog } from './store-context.ts';
import { createUploadCalls } from './uploads.ts';

export interface ObjectStoreOptions {
  /** Made when missing. The store writes below its `store` folder only. */
  dataDirectory: string;
  clock: StoreClock;
  log?: StoreLog;
}

/**
 * Opens the object store of a folder, for this process alone: throws when another one has it open.
 *
 *     await using store = await createObjectStore({ dataDirectory: './data', clock: { now: () => new Date() } });
 *     await store.createBucket('pictures', 'owner');
 */
export const createObjectStore = async (options: ObjectStoreOptions): Promise<ObjectStore> => {
  const { clock, log = { warn: () => undefined } } = options;
  const root = join(options.dataDirectory, 'store');
  const bucketsFolder = join(root, 'buckets');
  const temporaryFolder = join(root, 'temporary');
  for (const folder of [bucketsFolder, temporaryFolder])
    await mkdir(folder, { recursive: true, mode: 0o700 });

  using opening = new DisposableStack();
  opening.use(lockFolder(join(root, 'lock'), root));
  const files = createDurableFiles();
  const gate = createCommitGate();
  const { buckets, leftovers } = await loadBuckets({
    files,
    gate,
    clock,
    log,
    bucketsFolder,
    temporaryFolder,
  });
  // Not awaited: what a crash left behind is in nobody's way.
  const sweep = removeLeftovers(leftovers).catch((error: unknown) => {
    log.warn({ err: error }, 'leftovers of an earlier run could not be removed');
  });

  const context: StoreContext = {
    files,
    gate,
    clock,
    log,
    bucket: (name) => {
      const bucket = buckets.find(name);
      if (bucket === undefined || bucket.deleted) throw new S3Error('NoSuchBucket');
      return bucket;
    },
  };
  const held = opening.move();

  return {
    createBucket: buckets.create,
    deleteBucket: buckets.delete,
    getBucket: (name) => buckets.find(name)?.record,
    listBuckets: () => buckets.all().map((bucket) => bucket.record),
    getDocument: (name, document) => context.bucket(name).documents.get(document),
    putDocument: buckets.putDocument,
    putObject: (input) => putObject(context, input),
    headObject: (bucket, key) => headObject(context, bucket, key),
    openObject: (bucket, key) => openObject(context, bucket, key),
    deleteObject: (bucket, key, condition) => deleteObject(context, bucket, key, condition),
    listObjects: async (bucket, input) => context.bucket(bucket).index.list(input),
    ...createUploadCalls(context),
    completeUpload: async (input) => completeUpload(context, input),
    listUploads: async (bucket, input) => listUploads(context.bucket(bucket), input),
    [Symbol.asyncDispose]: async () => {
      await gate.close();
      await sweep;
      held.dispose();
    },
  };
};
