import { BarChart, LineChart } from '@mantine/charts';
// The charts come with this part of the app alone, and so does their style sheet.
// oxlint-disable-next-line import/no-unassigned-import
import '@mantine/charts/styles.css';
import type { ReactNode } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { outcomes, outcomeWords, type UsagePoint } from './usage-series.ts';

interface UsageGraphsProps {
  points: readonly UsagePoint[];
}

interface GraphProps {
  title: string;
  children: ReactNode;
}

/** The table below has all that a graph shows: graphs are hidden from screen readers, and out of the way of the tab key. */
const Graph = ({ title, children }: GraphProps) => (
  <figure className="wl-graph" aria-hidden="true">
    <figcaption>{title}</figcaption>
    {children}
  </figure>
);

/** The uppermost number and the last dot need room beyond the plot. */
const margin = { top: 8, right: 12 } as const;

const shared = {
  h: 200,
  dataKey: 'label',
  gridAxis: 'x',
  tickLine: 'none',
  // Every n-th label on one axis and all of them on the other: a label left out would make a scale look bent.
  xAxisProps: { minTickGap: 24, interval: 'equidistantPreserveStart', padding: { left: 8, right: 8 } },
  yAxisProps: { width: 64, interval: 0 },
} as const;

/** A legend has its place below a plot as high as the others. */
const withLegend = { ...shared, h: 240, withLegend: true } as const;

/** In the order of the series, where the library would sort by name. */
const legend = { verticalAlign: 'bottom', itemSorter: null } as const;

const count = (value: number): string => value.toLocaleString('en');

/** Requests by what became of them, the share of hits, bytes, and the time that a picture takes. */
export const UsageGraphs = ({ points }: UsageGraphsProps) => {
  const data = points.map((point) => ({ ...point }));
  return (
    <div className="wl-graphs">
      <Graph title="Requests">
        <BarChart
          {...withLegend}
          data={data}
          type="stacked"
          yAxisProps={{ ...shared.yAxisProps, allowDecimals: false }}
          legendProps={legend}
          valueFormatter={count}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false, margin }}
          series={outcomes.map((name) => ({
            name,
            label: outcomeWords[name],
            color: `var(--wl-chart-${name})`,
          }))}
        />
      </Graph>
      <Graph title="Hit ratio">
        <LineChart
          {...shared}
          data={data}
          yAxisProps={{ ...shared.yAxisProps, domain: [0, 100] }}
          valueFormatter={(value) => `${value} %`}
          lineProps={{ isAnimationActive: false }}
          lineChartProps={{ accessibilityLayer: false, margin }}
          curveType="linear"
          series={[{ name: 'hitPercent', label: 'Hit ratio', color: 'var(--wl-chart-memory)' }]}
        />
      </Graph>
      <Graph title="Bytes to clients, bytes of originals">
        <BarChart
          {...withLegend}
          data={data}
          legendProps={legend}
          valueFormatter={formatBytes}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false, margin }}
          series={[
            { name: 'bytesOut', label: 'To clients', color: 'var(--wl-chart-memory)' },
            { name: 'bytesFromOrigin', label: 'Of originals', color: 'var(--wl-chart-made)' },
          ]}
        />
      </Graph>
      <Graph title="CPU time of a made picture">
        <LineChart
          {...shared}
          data={data}
          valueFormatter={(value) => `${value} ms`}
          lineProps={{ isAnimationActive: false }}
          lineChartProps={{ accessibilityLayer: false, margin }}
          curveType="linear"
          series={[{ name: 'renderMilliseconds', label: 'Of one picture', color: 'var(--wl-chart-made)' }]}
        />
      </Graph>
    </div>
  );
};
