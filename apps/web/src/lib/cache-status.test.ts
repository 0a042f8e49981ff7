import { expect, it } from 'vitest';
import { parseCacheStatus } from './cache-status.ts';

it('reads a hit, its tier and whether it is past its time', () => {
  expect(parseCacheStatus('windlass; hit; ttl=-1; detail=memory', 'windlass')).toEqual({
    hit: true,
    detail: 'memory',
    stale: true,
  });
  expect(parseCacheStatus('windlass; fwd=miss; stored', 'windlass')).toEqual({
    hit: false,
    detail: null,
    stale: false,
  });
});

it('picks the cache that is asked about out of several', () => {
  expect(parseCacheStatus('windlass; fwd=miss, cdn; hit; detail="edge"', 'cdn')).toMatchObject({
    hit: true,
    detail: 'edge',
  });
  expect(parseCacheStatus('cdn; hit', 'windlass')).toBeNull();
  expect(parseCacheStatus('', 'windlass')).toBeNull();
});
