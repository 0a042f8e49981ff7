import type { SourceUsage } from '@windlass/contract';
import { expect, it } from 'vitest';
import { hitRatio, usageSeries } from './usage-series.ts';

const nothing = {
  requests: 0,
  memoryHits: 0,
  diskHits: 0,
  bucketHits: 0,
  misses: 0,
  notModified: 0,
  errors: 0,
  bytesOut: 0,
  bytesFromOrigin: 0,
  renderMilliseconds: 0,
};
const report = (point: Partial<typeof nothing>): SourceUsage => ({
  range: 'day',
  stepSeconds: 3600,
  points: [{ ...nothing, ...point, at: '2026-11-27T10:00:00.000Z' }],
  totals: { ...nothing, hitRatio: null },
});

it('tells what an hour of nothing is: no ratio and no time, not zero', () => {
  expect(usageSeries(report({}))[0]).toMatchObject({
    requests: 0,
    hitPercent: null,
    renderMilliseconds: null,
  });
});

it('counts an answer of 304 among the hits, and a failure among neither', () => {
  const [point] = usageSeries(
    report({ requests: 11, memoryHits: 5, diskHits: 1, bucketHits: 1, notModified: 1, misses: 2, errors: 1 }),
  );
  expect(point?.hitPercent).toBe(80);
});

it('tells the time of one picture, not of all of them', () => {
  expect(usageSeries(report({ misses: 4, renderMilliseconds: 100 }))[0]?.renderMilliseconds).toBe(25);
});

it('knows no ratio of nothing', () => {
  expect(hitRatio({ memory: 0, disk: 0, bucket: 0, unchanged: 0, made: 0 })).toBeNull();
});
