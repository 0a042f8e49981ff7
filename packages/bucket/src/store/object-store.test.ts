import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { S3Error } from '../s3-error.ts';
import { createObjectStore } from './index.ts';
import { createTemporaryStore, readAll } from './temporary-store.ts';

const KiB = 1024;

const refuse = (): never => {
  throw new S3Error('BadDigest');
};

test.each([0, 1, 64 * KiB, 64 * KiB + 1, 3 * 1024 * KiB])(
  'an object of %i bytes comes back whole, in ranges and after a restart',
  async (size) => {
    await using temporary = await createTemporaryStore();
    const bytes = randomBytes(size);
    const given = await temporary.put('k', bytes, {
      headers: { contentType: 'image/png', cacheControl: 'no-store' },
      metadata: { 'a-b': 'ü' },
      algorithms: ['CRC64NVME'],
      verify: (found) => {
        expect(found.size).toBe(size);
        expect(found.sha256Hex).toBe(createHash('sha256').update(bytes).digest('hex'));
        return found.checksums;
      },
    });
    expect(given).toMatchObject({ size, etag: createHash('md5').update(bytes).digest('hex'), partSizes: [] });
    expect(await temporary.store.headObject('b', 'k')).toEqual(given);
    await temporary.reopen();
    expect(await temporary.store.headObject('b', 'k')).toEqual(given);
    expect(await temporary.get('k')).toEqual(bytes);
    const range = { start: Math.floor(size / 3), end: Math.floor(size / 2) };
    expect(await temporary.get('k', range)).toEqual(bytes.subarray(range.start, range.end + 1));
  },
);

test('a listing has what S3 tells of an object', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('k', 'x', { algorithms: ['CRC32'], verify: (found) => found.checksums });
  await temporary.reopen();
  const { objects } = await temporary.store.listObjects('b', {
    prefix: '',
    delimiter: '',
    startAfter: '',
    maxKeys: 9,
  });
  expect(objects).toEqual([
    {
      key: 'k',
      size: 1,
      etag: '9dd4e461268c8034f5c8564e155c67a6',
      lastModified: temporary.now,
      ownerId: 'owner',
      checksumType: 'FULL_OBJECT',
      checksumAlgorithms: ['CRC32'],
    },
  ]);
});

test('what is being read does not change when it is overwritten or deleted', async () => {
  await using temporary = await createTemporaryStore();
  for (const size of [10, 300 * KiB]) {
    const first = randomBytes(size);
    await temporary.put('k', first);
    const opened = await temporary.store.openObject('b', 'k');
    await temporary.put('k', randomBytes(size));
    await temporary.store.deleteObject('b', 'k');
    expect(await readAll(opened?.read() ?? Readable.from([]))).toEqual(first);
    await opened?.close();
    expect(await temporary.filesIn('blobs')).toEqual([]);
    expect(await temporary.get('k')).toBeUndefined();
  }
});

test('readers among overwrites see one version or another, never a mixture', async () => {
  await using temporary = await createTemporaryStore();
  const versions = [70, 80, 90].map((letter) => Buffer.alloc(200 * KiB, letter));
  await temporary.put('k', versions[0] ?? '');
  const write = async () => {
    for (let round = 0; round < 30; round += 1) await temporary.put('k', versions[round % 3] ?? '');
  };
  const read = async () => {
    for (let round = 0; round < 60; round += 1) {
      const found = await temporary.get('k');
      expect(versions.some((version) => found?.equals(version))).toBe(true);
    }
  };
  await Promise.all([write(), write(), read(), read()]);
  expect(await temporary.filesIn('blobs')).toHaveLength(1);
});

test('of racing writes with If-None-Match: * one wins', async () => {
  await using temporary = await createTemporaryStore();
  const bodies = Array.from({ length: 12 }, (_, n) => Buffer.alloc(n % 2 === 0 ? 10 : 100 * KiB, n));
  const results = await Promise.allSettled(
    bodies.map((body) => temporary.put('k', body, { condition: { ifNoneMatch: '*' } })),
  );
  const winners = results.flatMap((result, n) => (result.status === 'fulfilled' ? [n] : []));
  expect(winners).toHaveLength(1);
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as S3Error] : [],
  );
  expect(new Set(reasons.map((reason) => reason.code))).toEqual(new Set(['PreconditionFailed']));
  expect(await temporary.get('k')).toEqual(bodies[winners[0] ?? -1]);
  expect((await temporary.filesIn('blobs')).length).toBeLessThanOrEqual(1);
  expect(await temporary.filesIn('temporary')).toEqual([]);
});

test('of racing writes with the same If-Match one wins', async () => {
  await using temporary = await createTemporaryStore();
  const { etag } = await temporary.put('k', 'first');
  const results = await Promise.allSettled(
    ['a', 'b', 'c', 'd'].map((body) => temporary.put('k', body, { condition: { ifMatch: etag } })),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
});

test('If-Match on a missing key is NoSuchKey, also for a delete', async () => {
  await using temporary = await createTemporaryStore();
  await expect(temporary.put('k', '', { condition: { ifMatch: 'x' } })).rejects.toMatchObject({
    code: 'NoSuchKey',
  });
  await expect(temporary.store.deleteObject('b', 'k', { ifMatch: 'x' })).rejects.toMatchObject({
    code: 'NoSuchKey',
  });
  expect(await temporary.store.deleteObject('b', 'k')).toBe(false);
  await temporary.put('k', '');
  await expect(temporary.store.deleteObject('b', 'k', { ifMatch: 'x' })).rejects.toMatchObject({
    code: 'PreconditionFailed',
  });
  const ifLastModified = new Date(temporary.now.getTime() - 1);
  await expect(temporary.store.deleteObject('b', 'k', { ifLastModified })).rejects.toMatchObject({
    code: 'PreconditionFailed',
  });
  expect(await temporary.store.deleteObject('b', 'k', { ifLastModified: temporary.now })).toBe(true);
});

test.each([10, 500 * KiB])('a source that fails after %i bytes leaves nothing', async (size) => {
  await using temporary = await createTemporaryStore();
  await temporary.put('k', 'before');
  const failing = Readable.from(
    (async function* () {
      yield randomBytes(size);
      await Promise.resolve();
      throw new Error('the client went away');
    })(),
  );
  await expect(temporary.put('k', failing)).rejects.toThrow('the client went away');
  expect((await temporary.get('k'))?.toString()).toBe('before');
  expect(await temporary.filesIn('blobs')).toEqual([]);
  expect(await temporary.filesIn('temporary')).toEqual([]);
});

test('a source that is cut off without an error leaves nothing', async () => {
  await using temporary = await createTemporaryStore();
  const source = new Readable({ read: () => undefined });
  source.push(randomBytes(100 * KiB));
  const writing = temporary.put('k', source);
  setTimeout(() => source.destroy(), 20);
  await expect(writing).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  expect(await temporary.keys()).toEqual([]);
  expect(await temporary.filesIn('blobs')).toEqual([]);
});

test.each([10, 500 * KiB])('a body of %i bytes that is refused at its end leaves nothing', async (size) => {
  await using temporary = await createTemporaryStore();
  await expect(temporary.put('k', randomBytes(size), { verify: refuse })).rejects.toMatchObject({
    code: 'BadDigest',
  });
  expect(await temporary.keys()).toEqual([]);
  expect(await temporary.filesIn('blobs')).toEqual([]);
  expect(await temporary.filesIn('temporary')).toEqual([]);
});

test('a refused write leaves its source open, so that an answer can still be sent', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('k', 'x');
  const source = Readable.from(['y']);
  await expect(temporary.put('k', source, { condition: { ifNoneMatch: '*' } })).rejects.toThrow(S3Error);
  expect(source.destroyed).toBe(false);
});

test('keys beyond 1,024 bytes, empty or not Unicode are refused', async () => {
  await using temporary = await createTemporaryStore();
  await expect(temporary.put('é'.repeat(513), '')).rejects.toMatchObject({ code: 'KeyTooLongError' });
  await expect(temporary.put('', '')).rejects.toMatchObject({ status: 400 });
  await expect(temporary.put('\ud800', '')).rejects.toMatchObject({ code: 'InvalidURI' });
});

test('a damaged record is set aside at the start, with its blobs, and told', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('good', 'x');
  await temporary.put('bad', randomBytes(100 * KiB));
  const records = await temporary.filesIn('objects');
  for (const path of records) {
    const bytes = await readFile(path);
    if (!bytes.includes('"bad"')) continue;
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    await writeFile(path, bytes);
  }
  await temporary.reopen();
  expect(await temporary.keys()).toEqual(['good']);
  expect(await temporary.get('bad')).toBeUndefined();
  expect(await temporary.filesIn('damaged')).toHaveLength(1);
  expect(temporary.warnings).toContain('a damaged record was set aside');
  await temporary.reopen();
  expect(await temporary.filesIn('blobs')).toHaveLength(1);
});

test('a record that is damaged while the store runs is never served', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('k', 'the bytes of the body');
  const [path = ''] = await temporary.filesIn('objects');
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 6) ^ 1, bytes.length - 6);
  await writeFile(path, bytes);
  await expect(temporary.get('k')).rejects.toMatchObject({ code: 'InternalError' });
  expect(await temporary.get('k')).toBeUndefined();
  expect(await temporary.filesIn('damaged')).toHaveLength(1);
});

test('a record that somebody removed from the folder is an object that is not there', async () => {
  await using temporary = await createTemporaryStore();
  for (const key of ['a', 'b']) await temporary.put(key, 'x');
  for (const path of await temporary.filesIn('objects')) await rm(path);
  expect(await temporary.get('a')).toBeUndefined();
  expect(await temporary.store.deleteObject('b', 'b')).toBe(true);
  expect(await temporary.keys()).toEqual([]);
  expect(temporary.warnings).toHaveLength(1);
});

test('what a crash left behind is removed at the next start', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.put('k', randomBytes(100 * KiB));
  const [blob = ''] = await temporary.filesIn('blobs');
  const orphan = blob.replace(/[^/]+$/, 'f'.repeat(32));
  await writeFile(orphan, 'half a body');
  await writeFile(blob.replace(/blobs\/.*$/, 'temporary/half'), 'half a record');
  await temporary.reopen();
  await temporary.reopen();
  expect(await temporary.filesIn('temporary')).toEqual([]);
  expect(await temporary.filesIn('blobs')).toEqual([blob]);
});

test('a folder has one store at a time', async () => {
  await using temporary = await createTemporaryStore();
  const again = createObjectStore({ dataDirectory: temporary.folder, clock: { now: () => new Date() } });
  await expect(again).rejects.toThrow('is in use');
});

test('a closed store refuses writes', async () => {
  await using temporary = await createTemporaryStore();
  const { store } = temporary;
  await temporary.reopen();
  await expect(store.deleteObject('b', 'k')).resolves.toBe(false);
  await expect(store.putDocument('b', 'cors', 'x')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
});

test('buckets and their documents outlive a restart', async () => {
  await using temporary = await createTemporaryStore();
  await temporary.store.createBucket('a.second', 'other');
  await temporary.store.putDocument('b', 'cors', '<x>ü</x>');
  await temporary.store.putDocument('b', 'policy', '{}');
  await temporary.store.putDocument('b', 'policy', undefined);
  await temporary.reopen();
  expect(temporary.store.listBuckets().map(({ name, ownerId }) => [name, ownerId])).toEqual([
    ['a.second', 'other'],
    ['b', 'owner'],
  ]);
  expect(temporary.store.getBucket('b')?.createdAt).toEqual(temporary.now);
  expect(temporary.store.getDocument('b', 'cors')).toBe('<x>ü</x>');
  expect(temporary.store.getDocument('b', 'policy')).toBeUndefined();
  expect(() => temporary.store.getDocument('none', 'cors')).toThrow(S3Error);
});

test('a bucket is made once and removed when empty', async () => {
  await using temporary = await createTemporaryStore();
  const { store } = temporary;
  await expect(store.createBucket('b', 'owner')).rejects.toMatchObject({ code: 'BucketAlreadyOwnedByYou' });
  await expect(store.createBucket('b', 'other')).rejects.toMatchObject({ code: 'BucketAlreadyExists' });
  await temporary.put('k', 'x');
  await expect(store.deleteBucket('b')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
  await store.deleteObject('b', 'k');
  await store.createUpload({
    bucket: 'b',
    key: 'k',
    headers: {},
    metadata: {},
    ownerId: 'owner',
    checksumAlgorithm: undefined,
    checksumType: 'COMPOSITE',
  });
  await store.deleteBucket('b');
  await expect(store.deleteBucket('b')).rejects.toMatchObject({ code: 'NoSuchBucket' });
  await expect(temporary.put('k', 'x')).rejects.toMatchObject({ code: 'NoSuchBucket' });
  await temporary.reopen();
  expect(temporary.store.listBuckets()).toEqual([]);
});

test('a body that ends after its bucket was deleted is NoSuchBucket, and the bucket made again is empty', async () => {
  await using temporary = await createTemporaryStore();
  const source = new Readable({ read: () => undefined });
  source.push(randomBytes(100 * KiB));
  const writing = temporary.put('k', source);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await temporary.store.deleteBucket('b');
  await temporary.store.createBucket('b', 'owner');
  source.push(null);
  await expect(writing).rejects.toMatchObject({ code: 'NoSuchBucket' });
  expect(await temporary.keys()).toEqual([]);
});
