import { createHash, randomBytes } from 'node:crypto';
import { cp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ObjectStore, PartRecord, UploadRecord } from '../store.ts';
import { checksumOf } from './body-hasher.ts';
import { createTemporaryStore } from './temporary-store.ts';

const MiB = 1024 ** 2;
type CompleteInput = Parameters<ObjectStore['completeUpload']>[0];

const begin = (store: ObjectStore, key: string, more: Partial<UploadRecord> = {}): Promise<UploadRecord> =>
  store.createUpload({
    bucket: 'b',
    key,
    headers: { contentType: 'video/mp4' },
    metadata: { a: 'b' },
    ownerId: 'owner',
    checksumAlgorithm: undefined,
    checksumType: 'COMPOSITE',
    ...more,
  });

const completion = (
  { key, uploadId }: UploadRecord,
  parts: readonly PartRecord[],
  more: Partial<CompleteInput> = {},
): CompleteInput => ({
  bucket: 'b',
  key,
  uploadId,
  parts: parts.map(({ partNumber, etag, checksums }) => ({ partNumber, etag, checksums })),
  condition: {},
  expectedSize: undefined,
  ...more,
});

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();

test('parts become one object, across restarts, without a copy of their bytes', async () => {
  await using temporary = await createTemporaryStore();
  const bodies = [randomBytes(5 * MiB), randomBytes(5 * MiB + 1), randomBytes(3)];
  const upload = await begin(temporary.store, 'k');
  for (const [n, body] of bodies.entries()) await temporary.putPart('k', upload.uploadId, (n + 1) * 10, body);
  await temporary.reopen();
  expect(await temporary.store.getUpload('b', 'k', upload.uploadId)).toEqual(upload);
  const parts = await temporary.store.listParts('b', 'k', upload.uploadId);
  expect(parts.map(({ partNumber, size }) => [partNumber, size])).toEqual(
    bodies.map((body, n) => [(n + 1) * 10, body.length]),
  );
  const blobs = await temporary.filesIn('blobs');
  const record = await temporary.store.completeUpload(
    completion(upload, parts, { expectedSize: 10 * MiB + 4 }),
  );
  expect((await temporary.filesIn('blobs')).toSorted()).toEqual(blobs.toSorted());
  expect(record).toMatchObject({
    etag: `${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-3`,
    partSizes: bodies.map((body) => body.length),
    headers: { contentType: 'video/mp4' },
    metadata: { a: 'b' },
  });
  await temporary.reopen();
  const whole = Buffer.concat(bodies);
  expect((await temporary.get('k'))?.equals(whole)).toBe(true);
  const across = { start: 5 * MiB - 2, end: 10 * MiB + 2 };
  expect((await temporary.get('k', across))?.equals(whole.subarray(across.start, across.end + 1))).toBe(true);
  expect(await temporary.filesIn('uploads')).toEqual([]);
  await temporary.store.deleteObject('b', 'k');
  expect(await temporary.filesIn('blobs')).toEqual([]);
});

test('a part that is uploaded again replaces the first, and parts that are not named go', async () => {
  await using temporary = await createTemporaryStore();
  const upload = await begin(temporary.store, 'k');
  await temporary.putPart('k', upload.uploadId, 1, Buffer.from('old'));
  const part = await temporary.putPart('k', upload.uploadId, 1, Buffer.from('new'));
  await temporary.putPart('k', upload.uploadId, 2, Buffer.from('unused'));
  expect(await temporary.filesIn('blobs')).toHaveLength(2);
  await temporary.store.completeUpload(completion(upload, [part]));
  expect((await temporary.get('k'))?.toString()).toBe('new');
  expect(await temporary.filesIn('blobs')).toHaveLength(1);
});

test('an empty part makes an empty object', async () => {
  await using temporary = await createTemporaryStore();
  const upload = await begin(temporary.store, 'k');
  const part = await temporary.putPart('k', upload.uploadId, 1, Buffer.alloc(0));
  expect(await temporary.store.completeUpload(completion(upload, [part]))).toMatchObject({
    size: 0,
    partSizes: [0],
  });
  await temporary.reopen();
  expect(await temporary.get('k')).toEqual(Buffer.alloc(0));
  expect(await temporary.store.deleteObject('b', 'k')).toBe(true);
});

test('what S3 refuses is refused, and the upload stays open', async () => {
  await using temporary = await createTemporaryStore();
  const { store } = temporary;
  const upload = await begin(store, 'k');
  const { uploadId } = upload;
  const [one, two] = [
    await temporary.putPart('k', uploadId, 1, Buffer.from('small')),
    await temporary.putPart('k', uploadId, 2, Buffer.from('last')),
  ];
  for (const number of [0, 10_001, 1.5]) {
    await expect(temporary.putPart('k', uploadId, number, Buffer.alloc(1))).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
  }
  const refusals: [Partial<CompleteInput>, string][] = [
    [{}, 'EntityTooSmall'],
    [{ parts: [two, one] }, 'InvalidPartOrder'],
    [{ parts: [one, one] }, 'InvalidPartOrder'],
    [{ parts: [] }, 'MalformedXML'],
    [{ parts: [{ ...one, etag: two.etag }] }, 'InvalidPart'],
    [{ parts: [{ ...one, partNumber: 3 }] }, 'InvalidPart'],
    [{ parts: [one], expectedSize: 4 }, 'InvalidRequest'],
    [{ parts: [one], condition: { ifMatch: 'x' } }, 'NoSuchKey'],
    [{ key: 'other' }, 'NoSuchUpload'],
    [{ uploadId: '../../..' }, 'NoSuchUpload'],
  ];
  for (const [more, code] of refusals) {
    await expect(store.completeUpload(completion(upload, [one, two], more))).rejects.toMatchObject({ code });
  }
  await temporary.put('k', 'there');
  await expect(
    store.completeUpload(completion(upload, [one], { condition: { ifNoneMatch: '*' } })),
  ).rejects.toMatchObject({ code: 'PreconditionFailed' });
  expect(await store.listParts('b', 'k', uploadId)).toHaveLength(2);
  await store.completeUpload(completion(upload, [one]));
  expect((await temporary.get('k'))?.toString()).toBe('small');
});

test('the same completion again has the same answer until the object changes', async () => {
  await using temporary = await createTemporaryStore();
  const { store } = temporary;
  const upload = await begin(store, 'k');
  const part = await temporary.putPart('k', upload.uploadId, 1, Buffer.from('x'));
  const input = completion(upload, [part], { condition: { ifNoneMatch: '*' } });
  const [first, second] = await Promise.all([store.completeUpload(input), store.completeUpload(input)]);
  expect(second).toEqual(first);
  await temporary.reopen();
  expect(await temporary.store.completeUpload(input)).toEqual(first);
  const otherParts = [{ ...part, etag: 'f'.repeat(32) }];
  await expect(temporary.store.completeUpload({ ...input, parts: otherParts })).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
  await temporary.put('k', 'x');
  await expect(temporary.store.completeUpload(input)).rejects.toMatchObject({ code: 'NoSuchUpload' });
});

test('an aborted upload is gone with its bytes', async () => {
  await using temporary = await createTemporaryStore();
  const { uploadId } = await begin(temporary.store, 'k');
  await temporary.putPart('k', uploadId, 1, Buffer.from('x'));
  await temporary.store.abortUpload('b', 'k', uploadId);
  await expect(temporary.store.abortUpload('b', 'k', uploadId)).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
  await expect(temporary.putPart('k', uploadId, 2, Buffer.from('x'))).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
  await temporary.reopen();
  await expect(temporary.store.getUpload('b', 'k', uploadId)).rejects.toMatchObject({ code: 'NoSuchUpload' });
  expect(await temporary.filesIn('blobs')).toEqual([]);
  expect(await temporary.filesIn('uploads')).toEqual([]);
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
  '%s of the full object is made from its parts',
  async (algorithm) => {
    await using temporary = await createTemporaryStore();
    const bodies = [randomBytes(5 * MiB), randomBytes(7)];
    const upload = await begin(temporary.store, 'k', {
      checksumAlgorithm: algorithm,
      checksumType: 'FULL_OBJECT',
    });
    const parts = [];
    for (const [n, body] of bodies.entries())
      parts.push(await temporary.putPart('k', upload.uploadId, n + 1, body));
    const expected = checksumOf(algorithm, Buffer.concat(bodies)).toString('base64');
    await expect(
      temporary.store.completeUpload(
        completion(upload, parts, { expectedChecksums: { [algorithm]: 'AAAA' } }),
      ),
    ).rejects.toMatchObject({ code: 'BadDigest' });
    const record = await temporary.store.completeUpload(
      completion(upload, parts, { expectedChecksums: { [algorithm]: expected } }),
    );
    expect(record).toMatchObject({ checksums: { [algorithm]: expected }, checksumType: 'FULL_OBJECT' });
  },
);

test('a composite checksum is over those of the parts, each of which must be named', async () => {
  await using temporary = await createTemporaryStore();
  const bodies = [randomBytes(5 * MiB), randomBytes(7)];
  const upload = await begin(temporary.store, 'k', { checksumAlgorithm: 'SHA256' });
  const parts: PartRecord[] = [];
  for (const [n, body] of bodies.entries())
    parts.push(await temporary.putPart('k', upload.uploadId, n + 1, body));
  const without = parts.map((part) => ({ ...part, checksums: {} }));
  await expect(temporary.store.completeUpload(completion(upload, without))).rejects.toMatchObject({
    code: 'InvalidRequest',
  });
  const wrong = parts.map((part) => ({ ...part, checksums: { SHA256: 'AAAA' } }));
  await expect(temporary.store.completeUpload(completion(upload, wrong))).rejects.toMatchObject({
    code: 'InvalidPart',
  });
  const raw = Buffer.concat(bodies.map((body) => checksumOf('SHA256', body)));
  expect((await temporary.store.completeUpload(completion(upload, parts))).checksums).toEqual({
    SHA256: `${checksumOf('SHA256', raw).toString('base64')}-2`,
  });
});

test('uploads are listed by key and time, in pages', async () => {
  await using temporary = await createTemporaryStore();
  const ids: string[] = [];
  for (const key of ['b', 'a/1', 'a/2', 'b', 'c']) {
    ids.push((await begin(temporary.store, key)).uploadId);
    temporary.now = new Date(temporary.now.getTime() + 1000);
  }
  const page = { prefix: '', delimiter: '', keyMarker: '', uploadIdMarker: '', maxUploads: 1000 };
  const all = await temporary.store.listUploads('b', page);
  expect(all.uploads.map(({ uploadId }) => uploadId)).toEqual([ids[1], ids[2], ids[0], ids[3], ids[4]]);
  expect(all).toMatchObject({ truncated: false, nextKeyMarker: '', nextUploadIdMarker: '' });

  const names: string[] = [];
  for (let markers = { keyMarker: '', uploadIdMarker: '' }, more = true; more;) {
    const found = await temporary.store.listUploads('b', {
      ...page,
      delimiter: '/',
      maxUploads: 1,
      ...markers,
    });
    names.push(...found.commonPrefixes, ...found.uploads.map(({ key }) => key));
    markers = { keyMarker: found.nextKeyMarker, uploadIdMarker: found.nextUploadIdMarker };
    more = found.truncated;
  }
  expect(names).toEqual(['a/', 'b', 'b', 'c']);
  const after = await temporary.store.listUploads('b', { ...page, keyMarker: 'b' });
  expect(after.uploads.map(({ key }) => key)).toEqual(['c']);
});

test('a crash between the commit and the end of an upload leaves its parts with the object alone', async () => {
  await using temporary = await createTemporaryStore();
  const upload = await begin(temporary.store, 'k');
  const part = await temporary.putPart('k', upload.uploadId, 1, Buffer.from('x'));
  const [recordPath = ''] = await temporary.filesIn('uploads');
  const folder = dirname(recordPath);
  const copy = join(temporary.folder, 'copy');
  await cp(folder, copy, { recursive: true });
  await temporary.store.completeUpload(completion(upload, [part]));
  await temporary.close();
  await cp(copy, folder, { recursive: true });
  await rm(copy, { recursive: true });
  await temporary.reopen();
  await expect(temporary.store.abortUpload('b', 'k', upload.uploadId)).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
  await temporary.reopen();
  expect((await temporary.get('k'))?.toString()).toBe('x');
  expect(await readdir(dirname(folder))).toEqual([]);
});
