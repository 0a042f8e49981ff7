import { describe, expect, it } from 'vitest';
import { parseBucketPath, prefixOf } from './bucket-path.ts';

describe('a place in a bucket', () => {
  it.each([
    ['lab', 'lab', '', ''],
    ['lab/', 'lab', '', ''],
    ['lab/in', 'lab', 'in', 'in/'],
    ['lab/in/2026/', 'lab', 'in/2026/', 'in/2026/'],
    ['lab/a b/ä.jpg', 'lab', 'a b/ä.jpg', 'a b/ä.jpg/'],
  ])('%s is connection %s, path %s and prefix %s', (text, connection, path, prefix) => {
    const parsed = parseBucketPath(text);
    expect(parsed).toEqual({ connection, path });
    expect(prefixOf(parsed)).toBe(prefix);
  });

  it.each(['', '/in', 'lab/../x', 'lab/./x'])('is not %j', (text) => {
    expect(() => parseBucketPath(text)).toThrow(/names no connection|segments/);
  });
});
