import { describe, expect, it } from 'vitest';
import { notModified } from './conditions.ts';

const picture = { etag: '"a"', lastModified: new Date('2026-01-02T03:04:05.678Z') };
const at = 'Fri, 02 Jan 2026 03:04:05 GMT';

describe('notModified', () => {
  it.each([
    [undefined, undefined, false],
    ['"a"', undefined, true],
    ['W/"a"', undefined, true],
    ['"x", W/"a" , "y"', undefined, true],
    ['*', undefined, true],
    ['"b"', undefined, false],
    ['a', undefined, false],
    ['', undefined, false],
    [undefined, at, true],
    [undefined, 'Fri, 02 Jan 2026 03:04:06 GMT', true],
    [undefined, 'Fri, 02 Jan 2026 03:04:04 GMT', false],
    [undefined, 'yesterday', false],
    // RFC 9110 13.2.2: a tag decides alone.
    ['"b"', at, false],
    ['"a"', 'Thu, 01 Jan 2015 00:00:00 GMT', true],
  ])('If-None-Match %j, If-Modified-Since %j: %s', (ifNoneMatch, ifModifiedSince, expected) =>
    expect(notModified({ ifNoneMatch, ifModifiedSince }, picture)).toBe(expected),
  );

  it('takes no date where the original has none', () => {
    const undated = { etag: '"a"', lastModified: null };
    expect(notModified({ ifNoneMatch: undefined, ifModifiedSince: at }, undated)).toBe(false);
  });
});
