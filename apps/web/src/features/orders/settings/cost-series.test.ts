import { expect, it } from 'vitest';
import { costSeries, formatMoney } from './cost-series.ts';

const month = (name: string, provider: 'aws' | 'b2', currency: string, storage: number) => ({
  month: name,
  provider,
  currency,
  orders: 1,
  files: 1,
  bytesReceived: 1,
  averageBytesStored: 1,
  bytesDownloaded: 1,
  storage,
  downloads: 1,
  requests: 0,
  total: storage + 1,
});

it('adds providers of a month, and never currencies', () => {
  const series = costSeries([
    month('2026-11', 'aws', 'USD', 2),
    month('2026-10', 'aws', 'USD', 1),
    month('2026-11', 'b2', 'USD', 3),
    month('2026-11', 'b2', 'EUR', 4),
  ]);
  expect(
    series.map(({ currency, points }) => [currency, points.map(({ label, total }) => [label, total])]),
  ).toEqual([
    ['EUR', [['Nov 2026', 5]]],
    [
      'USD',
      [
        ['Oct 2026', 2],
        ['Nov 2026', 7],
      ],
    ],
  ]);
});

it('shows small sums by the figures that matter', () => {
  expect(formatMoney(0.0042, 'USD')).toBe('$0.0042');
  expect(formatMoney(12.345, 'EUR')).toBe('€12.35');
  expect(formatMoney(0, 'USD')).toBe('$0.00');
});
