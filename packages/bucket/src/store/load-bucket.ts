import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bucketDocuments } from '../store.ts';
import { bucketPaths, createBucketState, type BucketPaths, type BucketState } from './bucket-state.ts';
import { setAside } from './object-reads.ts';
import type { StoredPart } from './record-facts.ts';
import { DamagedRecordError, readRecord, readRecordFacts, readRecordFactsSync } from './record-file.ts';
import type { StoreContext } from './store-context.ts';
import { recordName, toIndexEntry, type StoredObject } from './stored-object.ts';

type LoadContext = Pick<StoreContext, 'files' | 'log'>;

/** The names in a folder; none when it was never made. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** The paths of the files one level below, as in `objects/aa/<name>`, a folder at a time. */
async function* pathsBelow(folder: string): AsyncGenerator<string[]> {
  for (const fan of await namesIn(folder)) {
    yield (await namesIn(join(folder, fan))).map((name) => join(folder, fan, name));
  }
}

/** Reads one record; a damaged one is set aside and gives undefined. */
const readOrSetAside = async <Value>(
  context: LoadContext,
  paths: BucketPaths,
  path: string,
  read: (path: string) => Value | Promise<Value>,
): Promise<Value | undefined> => {
  try {
    return await read(path);
  } catch (error) {
    if (!(error instanceof DamagedRecordError)) throw error;
    await setAside(context, paths.damaged, path, error);
    return undefined;
  }
};

const readObject = (path: string): StoredObject => {
  const facts = readRecordFactsSync(path, 'object');
  if (!path.endsWith(recordName(facts.key)))
    throw new DamagedRecordError(`${path} is the record of another key`);
  return facts;
};

const loadUpload = async (context: LoadContext, state: BucketState, uploadId: string): Promise<void> => {
  const { paths } = state;
  const folder = join(paths.uploads, uploadId);
  const facts = await readOrSetAside(context, paths, join(folder, 'upload'), (path) =>
    readRecordFacts(path, 'upload'),
  );
  if (facts === undefined) return;
  const parts = new Map<number, StoredPart>();
  for (const name of await namesIn(folder)) {
    if (name === 'upload') continue;
    const part = await readOrSetAside(context, paths, join(folder, name), (path) =>
      readRecordFacts(path, 'part'),
    );
    if (part !== undefined) parts.set(part.partNumber, part);
  }
  state.uploads.set(uploadId, { facts, parts });
};

/** A bucket as it was left, and what may be removed from its folder: nothing refers to it, and nothing ever will. */
export interface LoadedBucket {
  state: BucketState;
  leftovers: string[];
}

/**
 * Rebuilds a bucket from its folder, before anything is written to it. Leftovers of a crash are named here, while no
 * writer can add to them, and removed later, while writers make files under new random names.
 */
export const loadBucket = async (context: LoadContext, root: string): Promise<LoadedBucket> => {
  const paths = bucketPaths(root);
  const stored = await readRecordFacts(paths.record, 'bucket');
  const state = createBucketState({ ...stored, createdAt: new Date(stored.createdAt) }, root, context.files);

  const documents = new Set(await namesIn(paths.documents));
  for (const document of bucketDocuments) {
    if (!documents.has(document)) continue;
    const read = await readOrSetAside(context, paths, join(paths.documents, document), (path) =>
      readRecord(path, 'document'),
    );
    if (read !== undefined) state.documents.set(document, read.body.toString());
  }

  const used = new Set<string>();
  const completed = new Set<string>();
  for await (const records of pathsBelow(paths.objects)) {
    for (const path of records) {
      const object = await readOrSetAside(context, paths, path, readObject);
      if (object === undefined) continue;
      state.index.set(object.key, toIndexEntry(object));
      for (const blob of object.blobs) used.add(blob.name);
      if (object.uploadId !== undefined) completed.add(object.uploadId);
    }
  }

  const leftovers = (await namesIn(paths.temporary)).map((name) => join(paths.temporary, name));
  for (const uploadId of await namesIn(paths.uploads)) {
    // The crash came between the commit of the object and the end of its upload: the object owns the parts now.
    if (completed.has(uploadId)) leftovers.push(join(paths.uploads, uploadId));
    else await loadUpload(context, state, uploadId);
  }
  for (const upload of state.uploads.values()) {
    for (const part of upload.parts.values()) if (part.blob !== undefined) used.add(part.blob.name);
  }

  const damaged = await namesIn(paths.damaged);
  if (damaged.length > 0) {
    context.log.warn(
      { folder: paths.damaged, records: damaged.length },
      'damaged records are waiting for a person; blobs are kept until that folder is empty',
    );
    return { state, leftovers };
  }
  for await (const blobs of pathsBelow(paths.blobs)) {
    leftovers.push(...blobs.filter((path) => !used.has(basename(path))));
  }
  return { state, leftovers };
};

export const removeLeftovers = async (leftovers: readonly string[]): Promise<void> => {
  for (const path of leftovers) await rm(path, { recursive: true, force: true });
};
