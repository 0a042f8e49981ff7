import { parsePlan } from '@windlass/images';
import { describe, expect, it } from 'vitest';
import { cacheControl, pictureDisposition, validatorHeaders } from './delivery-headers.ts';
import { cacheStatus } from './cache-status.ts';

const lifetime = { maxAgeSeconds: 600, staleSeconds: 60, expires: null, nowSeconds: 1000 };

describe('cacheControl', () => {
  it.each([
    [{}, 'public, max-age=600, stale-while-revalidate=60'],
    [{ staleSeconds: 0 }, 'public, max-age=600'],
    [{ maxAgeSeconds: 0 }, 'public, max-age=0, stale-while-revalidate=60'],
    [{ expires: 1090 }, 'public, max-age=90'],
    [{ expires: 900 }, 'public, max-age=0'],
    [{ expires: 1e12 }, 'public, max-age=31536000'],
  ])('%j: %s', (more, expected) => expect(cacheControl({ ...lifetime, ...more })).toBe(expected));
});

describe('pictureDisposition', () => {
  it.each([
    [null, 'a/b.jpg', 'inline; filename="b.webp"'],
    ['', 'b', 'attachment; filename="b.webp"'],
    ['logo', 'b', 'attachment; filename="logo.webp"'],
    ['logo.png', 'b', 'attachment; filename="logo.png"'],
    [null, '.jpg', 'inline; filename="picture.webp"'],
    [null, 'å.jpg', `inline; filename="_.webp"; filename*=UTF-8''%C3%A5.webp`],
    ["it's(1)*", 'b', `attachment; filename="it's(1)*.webp"`],
    ['a"\r\nx', 'b', `attachment; filename="a___x.webp"; filename*=UTF-8''a%22%0D%0Ax.webp`],
  ])('download %j of %s', (download, path, expected) =>
    expect(pictureDisposition(download, path, 'webp')).toBe(expected),
  );
});

describe('validatorHeaders', () => {
  it('names tags, and what the answer hangs on', () => {
    const plan = parsePlan('format=auto&tag=red,spring');
    const delivery = {
      ...lifetime,
      plan,
      path: 'a.jpg',
      etag: '"a"',
      lastModified: null,
      cacheStatus: 'x; hit',
    };
    expect(validatorHeaders(delivery)).toEqual([
      'accept-ranges',
      'bytes',
      'cache-control',
      'public, max-age=600, stale-while-revalidate=60',
      'cache-status',
      'x; hit',
      'etag',
      '"a"',
      'vary',
      'Accept, Save-Data',
      'cache-tag',
      'red,spring',
    ]);
  });

  it('ends with the earliest of all parts, whatever the plan of the outer one says', () => {
    const plan = parsePlan('expires=2000');
    const delivery = { plan, path: 'a.jpg', etag: '"a"', lastModified: null, cacheStatus: 'x; hit' };
    expect(validatorHeaders({ ...lifetime, ...delivery, expires: 1030 })).toContain('public, max-age=30');
  });
});

describe('cacheStatus', () => {
  it.each([
    [{ kind: 'hit', tier: 'disk' }, null, 'windlass; hit; detail=disk'],
    [{ kind: 'hit', tier: 'hot' }, 1.5, 'windlass; hit; ttl=-2; detail=hot'],
    [{ kind: 'validated' }, null, 'windlass; hit; detail=validators'],
    [{ kind: 'made', renderMilliseconds: 5 }, null, 'windlass; fwd=miss; stored'],
    [{ kind: 'joined' }, null, 'windlass; fwd=miss; stored; collapsed'],
  ] as const)('%j, stale by %j s: %s', (from, stale, expected) =>
    expect(cacheStatus(from, stale)).toBe(expected),
  );
});
