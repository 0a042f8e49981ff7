import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageStored, costOfMonth } from './cost-of-month.ts';
import { listPrices } from './storage-prices.ts';

const at = (text: string): Date => new Date(text);
const later = at('2027-06-01T00:00:00Z');

describe('what a month costs', () => {
  it('is storage, downloads and requests at the prices of the list', () => {
    const cost = costOfMonth(
      { writes: 2000, reads: 5000, averageBytesStored: 10e9, bytesDownloaded: 10e9 },
      listPrices.aws,
    );
    expect(cost.storage).toBeCloseTo(0.23);
    expect(cost.downloads).toBeCloseTo(0.9);
    expect(cost.requests).toBeCloseTo(0.012);
    expect(cost.total).toBeCloseTo(1.142);
  });

  it('is nothing where nothing came', () => {
    const none = { writes: 0, reads: 0, averageBytesStored: 0, bytesDownloaded: 0 };
    expect(costOfMonth(none, listPrices.aws).total).toBe(0);
  });
});

describe('what lay in the bucket on average', () => {
  it.each([
    ['the whole month', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', 3000],
    ['three days of thirty', '2026-11-10T00:00:00Z', '2026-11-13T00:00:00Z', 300],
    ['from the month before into the next', '2026-10-01T00:00:00Z', null, 3000],
    ['only before', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 0],
    ['only after', '2026-12-01T00:00:00Z', null, 0],
  ])('%s', (_what, from, until, expected) => {
    const span = { bytes: 3000, from: at(from), until: until === null ? null : at(until) };
    expect(averageStored([span], '2026-11', later)).toBeCloseTo(expected);
  });

  it('does not count days that have not passed', () => {
    const span = { bytes: 3000, from: at('2026-11-01T00:00:00Z'), until: null };
    expect(averageStored([span], '2026-11', at('2026-11-16T00:00:00Z'))).toBeCloseTo(1500);
  });

  it('never is more than lay there at once', () => {
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(fc.nat(1e12), moment, moment, (bytes, a, b) => {
        const span = { bytes, from: new Date(Math.min(a, b)), until: new Date(Math.max(a, b)) };
        const average = averageStored([span], '2026-12', later);
        expect(average).toBeGreaterThanOrEqual(0);
        expect(average).toBeLessThanOrEqual(bytes);
      }),
    );
  });
});
