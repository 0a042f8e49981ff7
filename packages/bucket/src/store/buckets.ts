import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { S3Error } from '../s3-error.ts';
import type { BucketDocument, BucketRecord } from '../store.ts';
import { bucketPaths, createBucketState, onDisk, type BucketState } from './bucket-state.ts';
import { randomName, removeFile } from './durable-files.ts';
import { loadBucket } from './load-bucket.ts';
import { encodeRecord } from './record-file.ts';
import type { StoreContext } from './store-context.ts';

export interface Buckets {
  create(name: string, ownerId: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Sorted by name. */
  all(): BucketState[];
  find(name: string): BucketState | undefined;
  putDocument(name: string, document: BucketDocument, text: string | undefined): Promise<void>;
}

type BucketsContext = Omit<StoreContext, 'bucket'> & {
  /** Holds one folder a bucket. */
  bucketsFolder: string;
  /** In the same file system: buckets that are being made or removed. */
  temporaryFolder: string;
};

/** Reads every bucket; gives what a crash left behind, for the background. */
export const loadBuckets = async (
  context: BucketsContext,
): Promise<{ buckets: Buckets; leftovers: string[] }> => {
  const { files, gate, clock, bucketsFolder, temporaryFolder } = context;
  const byName = new Map<string, BucketState>();
  const making = new Set<string>();
  const leftovers = (await readdir(temporaryFolder)).map((name) => join(temporaryFolder, name));

  for (const id of await readdir(bucketsFolder)) {
    const loaded = await loadBucket(context, join(bucketsFolder, id));
    byName.set(loaded.state.record.name, loaded.state);
    leftovers.push(...loaded.leftovers);
  }

  const write = async (record: BucketRecord): Promise<BucketState> => {
    const id = randomName();
    const draft = bucketPaths(join(temporaryFolder, id));
    await mkdir(draft.root);
    try {
      for (const folder of [draft.documents, draft.objects, draft.blobs, draft.uploads, draft.temporary]) {
        await mkdir(folder);
      }
      const facts = { ...record, createdAt: record.createdAt.getTime() };
      await files.replace(draft.temporary, draft.record, encodeRecord('bucket', facts));
      await rename(draft.root, join(bucketsFolder, id));
    } catch (error) {
      await rm(draft.root, { recursive: true, force: true });
      throw error;
    }
    await files.syncFolder(bucketsFolder);
    return createBucketState(record, join(bucketsFolder, id), files);
  };

  const create = async (name: string, ownerId: string): Promise<void> => {
    const there = byName.get(name);
    if (there !== undefined) {
      throw new S3Error(there.record.ownerId === ownerId ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists');
    }
    if (making.has(name)) throw new S3Error('BucketAlreadyExists');
    making.add(name);
    try {
      byName.set(name, await write({ name, ownerId, createdAt: clock.now() }));
    } finally {
      making.delete(name);
    }
  };

  /** As on AWS, open multipart uploads do not keep a bucket: they end with it. */
  const remove = async (name: string): Promise<void> => {
    const bucket = byName.get(name);
    if (bucket === undefined || bucket.deleted) throw new S3Error('NoSuchBucket');
    if (bucket.index.size > 0 || bucket.commits > 0) throw new S3Error('BucketNotEmpty');
    // From here on no commit is let in; the rename makes it so on disk too.
    bucket.deleted = true;
    const grave = join(temporaryFolder, randomName());
    try {
      await rename(bucket.paths.root, grave);
    } catch (error) {
      bucket.deleted = false;
      throw error;
    }
    byName.delete(name);
    await files.syncFolder(dirname(bucket.paths.root));
    await rm(grave, { recursive: true, force: true }).catch((error: unknown) => {
      // A body that was on its way may still have made a file there. The bucket is gone; the next start sweeps.
      context.log.warn(
        { err: error, folder: grave },
        'the folder of a deleted bucket is left until the next start',
      );
    });
  };

  const find = (name: string): BucketState | undefined => byName.get(name);

  const putDocument = async (
    name: string,
    document: BucketDocument,
    text: string | undefined,
  ): Promise<void> => {
    const bucket = byName.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket');
    const { documents, temporary } = bucket.paths;
    const path = join(documents, document);
    await onDisk(bucket, () =>
      gate.run(bucket, async () => {
        if (text === undefined) {
          await removeFile(path);
          bucket.documents.delete(document);
          await files.syncFolder(documents);
        } else {
          await files.replace(temporary, path, encodeRecord('document', { document }, Buffer.from(text)));
          bucket.documents.set(document, text);
        }
      }),
    );
  };

  const all = (): BucketState[] =>
    [...byName.values()].toSorted((a, b) => (a.record.name < b.record.name ? -1 : 1));

  return { buckets: { create, delete: remove, all, find, putDocument }, leftovers };
};
