import { BarChart } from '@mantine/charts';
// The charts come with this part of the app alone, and so does their style sheet.
// oxlint-disable-next-line import/no-unassigned-import
import '@mantine/charts/styles.css';
import { formatMoney, type CostPoint } from './cost-series.ts';

const series = [
  { name: 'storage', label: 'Storage', color: 'var(--wl-chart-memory)' },
  { name: 'downloads', label: 'Downloads', color: 'var(--wl-chart-made)' },
  { name: 'requests', label: 'Requests', color: 'var(--wl-chart-unchanged)' },
];

/** Months of one currency. The table below has all of it: the graph is hidden from screen readers. */
export const CostGraph = ({ currency, points }: { currency: string; points: readonly CostPoint[] }) => (
  <figure className="wl-graph" aria-hidden="true">
    <figcaption>Cost by month, {currency}</figcaption>
    <BarChart
      h={240}
      data={points.map((point) => ({ ...point }))}
      dataKey="label"
      type="stacked"
      series={series}
      gridAxis="x"
      tickLine="none"
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      valueFormatter={(value) => formatMoney(value, currency)}
      yAxisProps={{ width: 72, interval: 0 }}
      xAxisProps={{ minTickGap: 24, interval: 'equidistantPreserveStart', padding: { left: 8, right: 8 } }}
      barProps={{ isAnimationActive: false, maxBarSize: 48 }}
      barChartProps={{ accessibilityLayer: false, margin: { top: 8, right: 12 } }}
    />
  </figure>
);
