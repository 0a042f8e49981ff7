import type { Registry } from 'prom-client';

/** Adds `count` observations whose values sum up to `sum`. */
export type ObserveMany<Label extends string> = (
  labels: Record<Label, string | number>,
  sum: number,
  count?: number,
) => void;

interface Series {
  labels: Record<string, string | number>;
  /** By bucket, each with the ones below it left out. */
  counts: number[];
  sum: number;
  count: number;
}

/**
 * A histogram that takes many observations in one step, each counted at their mean: prom-client's own takes one at a
 * time, which is dear for what happens tens of thousands of times a second and takes microseconds.
 *
 * @param buckets upper bounds, ascending
 * @example observe({ route: 'images' }, 0.5, 20_000) // 20,000 requests of 25 µs
 */
export const createBulkHistogram = <Label extends string>(
  registry: Registry,
  {
    name,
    help,
    labelNames,
    buckets,
  }: { name: string; help: string; labelNames: readonly Label[]; buckets: readonly number[] },
): ObserveMany<Label> => {
  const series = new Map<string, Series>();

  const valuesOf = ({ labels, counts, sum, count }: Series) => {
    let below = 0;
    const bounded = buckets.map((bound, index) => {
      below += counts[index] ?? 0;
      return { metricName: `${name}_bucket`, labels: { ...labels, le: bound }, value: below };
    });
    return [
      ...bounded,
      { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  };

  const metric = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    get: async () => ({
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values: [...series.values()].flatMap(valuesOf),
    }),
    reset: () => series.clear(),
  };
  // The registry asks for no more than this of what it renders; its type names prom-client's own classes only.
  registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);

  return (labels, sum, count = 1) => {
    const key = labelNames.map((label) => labels[label]).join('\n');
    let found = series.get(key);
    if (found === undefined) {
      found = { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
      series.set(key, found);
    }
    const mean = sum / count;
    const bucket = buckets.findIndex((bound) => mean <= bound);
    if (bucket >= 0) found.counts[bucket] = (found.counts[bucket] ?? 0) + count;
    found.sum += sum;
    found.count += count;
  };
};
