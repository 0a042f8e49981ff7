import { describe, expect, it } from 'vitest';
import { outOfMemory, tellsOutOfMemory } from './out-of-memory.ts';

describe('tellsOutOfMemory', () => {
  it.each([
    'vips_tracked: out of memory -- size == 243MB',
    'glib: Error creating thread: Resource temporarily unavailable',
    'GLib-ERROR **: gmem.c:106: failed to allocate 9000 bytes',
    "terminate called after throwing an instance of 'std::bad_alloc'",
    'FATAL ERROR: Committing semi space failed. Allocation failed - JavaScript heap out of memory',
    'RangeError: Array buffer allocation failed',
  ])('knows %s', (words) => {
    expect(tellsOutOfMemory(words)).toBe(true);
  });

  it.each(['', 'VipsJpeg: premature end of JPEG image', 'Segmentation fault'])(
    'does not take %j for it',
    (words) => {
      expect(tellsOutOfMemory(words)).toBe(false);
    },
  );
});

it('finds it among the causes of an error', () => {
  const cause = new Error('vips_tracked: out of memory');
  expect(outOfMemory(new Error('This image is broken', { cause }))).toBe(true);
  expect(outOfMemory(new Error('This image is broken', { cause: new Error('no more data') }))).toBe(false);
  expect(outOfMemory('out of memory')).toBe(false);
});
