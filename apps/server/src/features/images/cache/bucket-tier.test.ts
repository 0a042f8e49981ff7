import { expect, test } from 'vitest';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { createMemoryBucket } from '../../../../../../tests/support/memory-bucket.ts';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { cacheObjectKey, createBucketTier, type BucketTierOptions } from './bucket-tier.ts';

const { signal } = new AbortController();
const start = (options: Partial<BucketTierOptions> = {}) => {
  const bucket = createMemoryBucket();
  const clock = createMovingClock();
  const warnings: string[] = [];
  const log = { warn: (_facts: object, message: string) => void warnings.push(message) };
  const tier = createBucketTier({ bucket: bucket.bucket, clock, log, ...options });
  return { bucket, clock, warnings, tier };
};

test('keeps pictures under the prefix of the cache, for another process to find', async () => {
  const { bucket, tier, clock } = start();
  const picture = cachedPicture('a');
  await tier.put('a', picture);
  expect([...bucket.objects.keys()]).toEqual([
    '.windlass/cache/ca/ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
  ]);
  const other = createBucketTier({ bucket: bucket.bucket, clock, log: { warn: () => {} } });
  const found = await other.get('a', signal);
  expect(found?.facts).toEqual(picture.facts);
  expect(Buffer.from(found?.bytes ?? []).equals(picture.bytes)).toBe(true);
  await other.delete('a');
  expect(await tier.get('a', signal)).toBeNull();
});

test('an object that is cut, foreign or of another key is no hit, and is removed', async () => {
  const { bucket, tier } = start();
  await tier.put('a', cachedPicture('a'));
  const [whole] = bucket.objects.values();
  for (const bytes of [whole?.subarray(0, 100), new Uint8Array(0), Buffer.from('<html>')]) {
    bucket.objects.set(cacheObjectKey('a'), bytes ?? new Uint8Array(0));
    expect(await tier.get('a', signal)).toBeNull();
    await expect.poll(() => bucket.objects.has(cacheObjectKey('a'))).toBe(false);
  }
  bucket.objects.set(cacheObjectKey('b'), whole ?? new Uint8Array(0));
  expect(await tier.get('b', signal)).toBeNull();
});

test('what is too large is neither written nor read', async () => {
  const { bucket, tier } = start({ maxBytes: 2000 });
  await tier.put('a', cachedPicture('a', 5000));
  expect(bucket.calls).toBe(0);
  bucket.objects.set(cacheObjectKey('a'), new Uint8Array(5000));
  for (let count = 0; count < 10; count += 1) expect(await tier.get('a', signal)).toBeNull();
  expect(tier.paused).toBe(false);
});

test('a bucket that fails is nobody else’s trouble, and left alone for half a minute', async () => {
  const { bucket, tier, clock, warnings } = start();
  const picture = cachedPicture('a');
  await tier.put('a', picture);
  bucket.broken = true;
  for (let count = 0; count < 20; count += 1) {
    expect(await tier.get('a', signal)).toBeNull();
    await tier.put('b', picture);
    await tier.delete('c');
  }
  expect(bucket.calls).toBe(1 + 5);
  expect(tier.paused).toBe(true);
  expect(warnings).toEqual(['the bucket of the cache fails and is left alone for 30 s']);
  bucket.broken = false;
  expect(await tier.get('a', signal)).toBeNull();
  clock.forward({ seconds: 30 });
  expect(await tier.get('a', signal)).not.toBeNull();
  expect(await tier.get('a', signal)).not.toBeNull();
  expect(tier.paused).toBe(false);
});

test('misses are no failures', async () => {
  const { tier } = start();
  for (let count = 0; count < 20; count += 1) expect(await tier.get(`k${count}`, signal)).toBeNull();
  expect(tier.paused).toBe(false);
});

test('a slow bucket costs a caller no more than the timeout, and one who leaves does not count against it', async () => {
  const { bucket, tier } = start({ getTimeoutMilliseconds: 30 });
  bucket.pace = 10_000;
  const began = performance.now();
  expect(await tier.get('a', signal)).toBeNull();
  expect(performance.now() - began).toBeLessThan(2000);
  for (let count = 0; count < 10; count += 1) {
    expect(await tier.get('a', AbortSignal.timeout(1))).toBeNull();
  }
  expect(tier.paused).toBe(false);
});
