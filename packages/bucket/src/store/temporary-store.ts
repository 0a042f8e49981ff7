import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ObjectRecord, ObjectStore, PartRecord, PutObjectInput } from '../store.ts';
import { createObjectStore } from './object-store.ts';

/** For tests: a store on a folder of its own, with one bucket `b`, that goes with its disposal. */
export interface TemporaryStore extends AsyncDisposable {
  readonly folder: string;
  readonly store: ObjectStore;
  /** Messages of the log. */
  readonly warnings: string[];
  /** The clock of the store. */
  now: Date;
  /** Closes the store and opens its folder again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
  put(
    key: string,
    body: string | Uint8Array | Readable,
    more?: Partial<PutObjectInput>,
  ): Promise<ObjectRecord>;
  putPart(key: string, uploadId: string, partNumber: number, body: Uint8Array): Promise<PartRecord>;
  /** The bytes of an object; undefined when there is none. */
  get(key: string, range?: { start: number; end: number }): Promise<Buffer | undefined>;
  keys(prefix?: string): Promise<string[]>;
  /** Paths of all files in a part of the bucket's folder. */
  filesIn(part: 'objects' | 'blobs' | 'uploads' | 'temporary' | 'damaged'): Promise<string[]>;
}

export const streamOf = (body: string | Uint8Array): Readable =>
  Readable.from(body.length === 0 ? [] : [Buffer.from(body)], { objectMode: false });

export const readAll = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());

export const createTemporaryStore = async (): Promise<TemporaryStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'bucket-store-'));
  const warnings: string[] = [];
  const log = { warn: (_facts: Record<string, unknown>, message: string) => void warnings.push(message) };
  const clock = { now: () => temporary.now };
  const open = (): Promise<ObjectStore> => createObjectStore({ dataDirectory: folder, clock, log });
  let store: ObjectStore;

  const temporary: TemporaryStore = {
    folder,
    warnings,
    now: new Date('2026-05-01T12:00:00Z'),
    get store() {
      return store;
    },
    reopen: async () => {
      await store[Symbol.asyncDispose]();
      store = await open();
    },
    close: async () => {
      await store[Symbol.asyncDispose]();
    },
    put: (key, body, more = {}) =>
      store.putObject({
        bucket: 'b',
        key,
        body: body instanceof Readable ? body : streamOf(body),
        headers: {},
        metadata: {},
        ownerId: 'owner',
        condition: {},
        algorithms: [],
        verify: () => ({}),
        ...more,
      }),
    putPart: (key, uploadId, partNumber, body) =>
      store.putPart({
        bucket: 'b',
        key,
        uploadId,
        partNumber,
        body: streamOf(body),
        algorithms: [],
        verify: () => ({}),
      }),
    get: async (key, range) => {
      const opened = await store.openObject('b', key);
      if (opened === undefined) return undefined;
      try {
        return await readAll(opened.read(range));
      } finally {
        await opened.close();
      }
    },
    keys: async (prefix = '') => {
      const page = await store.listObjects('b', { prefix, delimiter: '', startAfter: '', maxKeys: 1000 });
      return page.objects.map((object) => object.key);
    },
    filesIn: async (part) => {
      const buckets = join(folder, 'store', 'buckets');
      const [id = ''] = await readdir(buckets);
      const entries = await readdir(join(buckets, id, part), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };

  store = await open();
  await store.createBucket('b', 'owner');
  return temporary;
};
