import type { OrderCosts } from '@windlass/contract';

type Month = OrderCosts['months'][number];

/** A month of one currency, all providers together, as the graph stacks it. */
export interface CostPoint {
  month: string;
  /** `Nov 2026`. */
  label: string;
  storage: number;
  downloads: number;
  requests: number;
  total: number;
}

const monthName = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `2026-11` -> `Nov 2026`: a year of two figures would read as a day. */
export const monthLabel = (month: string): string => monthName.format(new Date(`${month}-01T00:00:00Z`));

/** Money is not added over currencies: a graph for each, months in order, providers summed. */
export const costSeries = (months: readonly Month[]): { currency: string; points: CostPoint[] }[] => {
  const byCurrency = Map.groupBy(months, ({ currency }) => currency);
  return [...byCurrency]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([currency, rows]) => ({
      currency,
      points: [...Map.groupBy(rows, ({ month }) => month)]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([month, ofMonth]) => {
          const sum = (of: 'storage' | 'downloads' | 'requests' | 'total') =>
            ofMonth.reduce((total, row) => total + row[of], 0);
          return {
            month,
            label: monthLabel(month),
            storage: sum('storage'),
            downloads: sum('downloads'),
            requests: sum('requests'),
            total: sum('total'),
          };
        }),
    }));
};

/** Small sums keep the figures that matter: `0.0042 USD` must not read as nothing. */
export const formatMoney = (amount: number, currency: string): string => {
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...digits }).format(amount);
};
