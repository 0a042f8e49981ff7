import { describe, expect, it } from 'vitest';
import { costOfMonth } from './cost-of-month.ts';
import { listPrices } from './storage-prices.ts';

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
