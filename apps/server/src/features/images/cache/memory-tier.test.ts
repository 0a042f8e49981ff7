import { expect, test } from 'vitest';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { createMemoryTier } from './memory-tier.ts';

const { signal } = new AbortController();

test('keeps what was put, by key, until it is deleted', async () => {
  const memory = createMemoryTier(1_000_000);
  const picture = cachedPicture('a');
  await memory.put('a', picture);
  expect(memory.peek('a')).toEqual(picture);
  expect(await memory.get('a', signal)).toEqual(picture);
  expect(memory.peek('b')).toBeNull();
  await memory.delete('a');
  expect(memory.peek('a')).toBeNull();
  expect(memory.usage()).toEqual({ bytes: 0, entries: 0, evictions: 0 });
});

test('stays within its bytes, overhead counted, and evicts what was unused for longest', async () => {
  const memory = createMemoryTier(100_000);
  for (let index = 0; index < 100; index += 1) {
    await memory.put(`k${index}`, cachedPicture(`k${index}`, 2000));
    memory.peek('k0');
  }
  const { bytes, entries, evictions } = memory.usage();
  expect(bytes).toBeLessThanOrEqual(100_000);
  expect(bytes).toBeGreaterThan(entries * 2000);
  expect(entries + evictions).toBe(100);
  expect(memory.peek('k0')).not.toBeNull();
  expect(memory.peek('k1')).toBeNull();
  expect(memory.peek('k99')).not.toBeNull();
});

test('does not take a picture of more than a sixteenth, and forgets the one it replaces', async () => {
  const memory = createMemoryTier(160_000);
  await memory.put('a', cachedPicture('a', 1000));
  await memory.put('a', cachedPicture('b', 10_000));
  expect(memory.peek('a')).toBeNull();
});

test('a small view does not keep a large buffer alive', async () => {
  const memory = createMemoryTier(1_000_000);
  const large = new Uint8Array(500_000).fill(7);
  const { facts } = cachedPicture('a');
  await memory.put('a', { facts, bytes: large.subarray(100, 200) });
  const kept = memory.peek('a')?.bytes;
  expect(kept?.buffer.byteLength).toBe(100);
  expect(kept).toEqual(large.slice(100, 200));
});

test('with no bytes to spend it keeps nothing', async () => {
  const memory = createMemoryTier(0);
  await memory.put('a', cachedPicture('a', 1));
  expect(memory.peek('a')).toBeNull();
});
