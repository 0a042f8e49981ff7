import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { createMemoryBucket } from '../../../../../../tests/support/memory-bucket.ts';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { createBucketTier, type BucketTier } from './bucket-tier.ts';
import { createDiskTier, type DiskTier } from './disk-tier.ts';
import { createMemoryTier, type MemoryTier } from './memory-tier.ts';
import { createPictureTiers, type FindOptions, type PictureTiers } from './tiers.ts';

const log = { warn: () => {} };
let folder = '';
let store: ReturnType<typeof createMemoryBucket>;
let memory: MemoryTier;
let disk: DiskTier;
let bucket: BucketTier;
let tiers: PictureTiers;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiers-'));
  store = createMemoryBucket();
  memory = createMemoryTier(1_000_000);
  disk = await createDiskTier({ folder, maxBytes: 10_000_000, log });
  bucket = createBucketTier({ bucket: store.bucket, clock: createMovingClock(), log });
  tiers = createPictureTiers({ memory, disk });
});
afterEach(async () => {
  await tiers[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const { signal } = new AbortController();
const find = (key: string, options: Partial<FindOptions> = {}) =>
  tiers.find(key, { signal, bucket, isCurrent: () => true, ...options });
const etagOf = async (found: ReturnType<typeof find>) => {
  const { tier, picture } = (await found) ?? {};
  return tier === undefined ? null : `${tier} ${picture?.facts.etag}`;
};
const purged = (): boolean => false;
const picture = cachedPicture('a');
const { etag } = picture.facts;

test('what is put is in memory at once, on disk, and soon in the bucket', async () => {
  const put = tiers.put('a', picture, bucket);
  expect(tiers.peek('a', () => true)).toEqual(picture);
  await put;
  expect(await disk.get('a', signal)).not.toBeNull();
  await expect.poll(() => store.objects.size).toBe(1);
  expect(await etagOf(find('a'))).toBe(`memory ${etag}`);
});

test('what a slower tier has is kept in the faster ones too', async () => {
  await bucket.put('a', picture);
  expect(await etagOf(find('a'))).toBe(`bucket ${etag}`);
  expect(await etagOf(find('a'))).toBe(`memory ${etag}`);
  await expect.poll(() => disk.get('a', signal)).not.toBeNull();
  tiers.clearMemory();
  expect(await etagOf(find('a'))).toBe(`disk ${etag}`);
  expect(await etagOf(find('a'))).toBe(`memory ${etag}`);
  expect(store.calls).toBe(2);
});

test('a source without a bucket is served from memory and disk alone', async () => {
  await bucket.put('a', picture);
  expect(await find('a', { bucket: null })).toBeNull();
  await tiers.put('b', picture, null);
  await tiers[Symbol.asyncDispose]();
  expect(store.objects.size).toBe(1);
});

test('without a disk there are still memory and bucket', async () => {
  const light = createPictureTiers({ memory: createMemoryTier(1_000_000), disk: null });
  await light.put('a', picture, bucket);
  light.clearMemory();
  await expect.poll(() => store.objects.size).toBe(1);
  const found = await light.find('a', { signal, bucket, isCurrent: () => true });
  expect(found?.tier).toBe('bucket');
  await light[Symbol.asyncDispose]();
});

test('those who ask at once share one search', async () => {
  store.pace = 10;
  await bucket.put('a', picture);
  const found = await Promise.all(Array.from({ length: 100 }, () => etagOf(find('a'))));
  expect(new Set(found)).toEqual(new Set([`bucket ${etag}`]));
  expect(store.calls).toBe(2);
  expect(tiers.stats().bucket).toEqual({ hits: 1, misses: 0 });
});

test('what was purged does not count in any tier, and is deleted where it is met', async () => {
  await tiers.put('a', picture, bucket);
  await expect.poll(() => store.objects.size).toBe(1);
  expect(tiers.peek('a', purged)).toBeNull();
  expect(memory.peek('a')).toBeNull();
  expect(await find('a', { isCurrent: purged })).toBeNull();
  expect(await disk.get('a', signal)).toBeNull();
  await expect.poll(() => store.objects.size).toBe(0);
  expect(await find('a')).toBeNull();
});

test('an older picture in a fast tier does not hide a newer one in a slow tier', async () => {
  await disk.put('a', cachedPicture('old', 1000, { madeAt: 1 }));
  await bucket.put('a', cachedPicture('new', 1000, { madeAt: 3 }));
  const found = await find('a', { isCurrent: ({ madeAt }) => madeAt > 2 });
  expect(found).toMatchObject({ tier: 'bucket', picture: { facts: { madeAt: 3 } } });
});

test('who knows of a purge is not given what a search began to find before it', async () => {
  store.pace = 20;
  await bucket.put('a', picture);
  const before = find('a');
  const after = find('a', { isCurrent: purged });
  expect(await etagOf(before)).toBe(`bucket ${etag}`);
  expect(await after).toBeNull();
});

test('a deleted picture is in no tier', async () => {
  await tiers.put('a', picture, bucket);
  await expect.poll(() => store.objects.size).toBe(1);
  await tiers.delete('a', bucket);
  expect(await find('a')).toBeNull();
  expect(store.objects.size).toBe(0);
});

test('counts hits and misses where they happen', async () => {
  await tiers.put('a', picture, null);
  await find('a');
  tiers.clearMemory();
  await find('a');
  await find('b');
  const { memory: inMemory, disk: onDisk, bucket: inBucket } = tiers.stats();
  expect(inMemory).toMatchObject({ hits: 1, misses: 2, entries: 1 });
  expect(onDisk).toMatchObject({ hits: 1, misses: 1, entries: 1 });
  expect(inBucket).toEqual({ hits: 0, misses: 1 });
});
