import { usageRanges, type UsageRange } from '@windlass/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsBy } from './usage-counts.ts';
import { seriesStart, usageSeries } from './usage-series.ts';

const now = new Date('2026-05-04T10:20:30Z');
const hour = (text: string, changes: object = {}) => ({
  hour: new Date(text),
  counts: { ...countsBy(() => 0), requests: 1, ...changes },
});

const ratio = (changes: object) =>
  usageSeries('day', now, [hour('2026-05-04T10:00:00Z', changes)]).totals.hitRatio;

describe('usageSeries', () => {
  it.each([
    ['day', '2026-05-03T11:00:00.000Z', '2026-05-04T10:00:00.000Z'],
    ['week', '2026-04-27T12:00:00.000Z', '2026-05-04T06:00:00.000Z'],
    ['month', '2026-04-05T00:00:00.000Z', '2026-05-04T00:00:00.000Z'],
  ] as const)('of a %s begins at %s and ends with the step at %s', (range, first, last) => {
    const { points } = usageSeries(range, now, []);
    expect(points).toHaveLength(usageRanges[range].points);
    expect([points[0]?.at, points.at(-1)?.at]).toEqual([first, last]);
    expect(seriesStart(range, now).toISOString()).toBe(first);
  });

  it('puts hours where they belong, and zeros elsewhere', () => {
    const { points, totals } = usageSeries('week', now, [
      hour('2026-05-04T05:00:00Z'),
      hour('2026-05-04T06:00:00Z', { bytesOut: 5 }),
      hour('2026-05-04T10:00:00Z', { requests: 2, bytesOut: 7 }),
      hour('2026-04-01T00:00:00Z', { requests: 100 }),
    ]);
    expect(points.slice(-2).map(({ requests, bytesOut }) => [requests, bytesOut])).toEqual([
      [1, 0],
      [3, 12],
    ]);
    expect(points.slice(0, -2).every(({ requests }) => requests === 0)).toBe(true);
    expect(totals).toMatchObject({ requests: 4, bytesOut: 12 });
  });

  it('tells which part of the pictures was not made anew', () => {
    expect(ratio({ memoryHits: 4, diskHits: 2, bucketHits: 1, notModified: 2, misses: 3 })).toBe(0.75);
    expect(ratio({ errors: 5 })).toBeNull();
    expect(ratio({ misses: 1 })).toBe(0);
  });

  it('loses no hour of its range, whenever it is asked', () => {
    const range = fc.constantFrom<UsageRange>('day', 'week', 'month');
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(range, moment, (of, at) => {
        const start = seriesStart(of, at).getTime();
        const hours = Math.floor((at.getTime() - start) / 3_600_000) + 1;
        const counted = Array.from({ length: hours }, (_, index) =>
          hour(new Date(start + index * 3_600_000).toISOString()),
        );
        expect(usageSeries(of, at, counted).totals.requests).toBe(hours);
      }),
      { numRuns: 30 },
    );
  });
});
