import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { createMemoryBucket } from '../../../../../../tests/support/memory-bucket.ts';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { cacheObjectKey, createBucketTier } from './bucket-tier.ts';
import { createWriteBehind } from './write-behind.ts';

const tierOf = (bucket: ReturnType<typeof createMemoryBucket>) =>
  createBucketTier({ bucket: bucket.bucket, clock: createMovingClock(), log: { warn: () => {} } });

test('writes to each tier a few at a time, and all is written before the end', async () => {
  const [first, second] = [createMemoryBucket(), createMemoryBucket()];
  first.pace = second.pace = 2;
  const tiers = [tierOf(first), tierOf(second)];
  {
    await using behind = createWriteBehind({ maxBytes: 1_000_000 });
    for (let index = 0; index < 20; index += 1) {
      for (const tier of tiers) behind.add(tier, `k${index}`, cachedPicture(`k${index}`));
    }
    expect(behind.stats().waitingBytes).toBe(40_000);
  }
  expect([first.objects.size, second.objects.size]).toEqual([20, 20]);
  expect([first.mostRunning, second.mostRunning]).toEqual([2, 2]);
});

test('of one key that waits only the last picture is written', async () => {
  const bucket = createMemoryBucket();
  bucket.pace = 5;
  const tier = tierOf(bucket);
  const behind = createWriteBehind({ maxBytes: 1_000_000, writesPerTier: 1 });
  for (let index = 0; index < 10; index += 1) behind.add(tier, 'a', cachedPicture(`v${index}`));
  await behind[Symbol.asyncDispose]();
  expect(bucket.calls).toBe(2);
  expect(behind.stats()).toEqual({ waitingBytes: 0, written: 2, lost: 0 });
  expect((await tier.get('a', new AbortController().signal))?.facts.etag).toBe(
    cachedPicture('v9').facts.etag,
  );
  expect(bucket.objects.has(cacheObjectKey('a'))).toBe(true);
});

test('a slow tier loses what does not fit its share, and takes none of the others', async () => {
  const [slow, quick] = [createMemoryBucket(), createMemoryBucket()];
  slow.pace = 60_000;
  const behind = createWriteBehind({ maxBytes: 40_000, drainMilliseconds: 20 });
  const [slowTier, quickTier] = [tierOf(slow), tierOf(quick)];
  for (let index = 0; index < 100; index += 1) behind.add(slowTier, `k${index}`, cachedPicture(`k${index}`));
  expect(behind.stats()).toEqual({ waitingBytes: 10_000, written: 0, lost: 90 });
  for (let index = 0; index < 10; index += 1) behind.add(quickTier, `k${index}`, cachedPicture(`k${index}`));
  await expect.poll(() => quick.objects.size).toBe(10);
  const began = performance.now();
  await behind[Symbol.asyncDispose]();
  expect(performance.now() - began).toBeLessThan(5000);
});

test('it goes on after it was idle', async () => {
  const bucket = createMemoryBucket();
  const tier = tierOf(bucket);
  const behind = createWriteBehind({ maxBytes: 1_000_000 });
  for (let round = 1; round <= 3; round += 1) {
    behind.add(tier, `k${round}`, cachedPicture('a'));
    await expect.poll(() => behind.stats()).toEqual({ waitingBytes: 0, written: round, lost: 0 });
    await sleep(1);
  }
  await behind[Symbol.asyncDispose]();
});
