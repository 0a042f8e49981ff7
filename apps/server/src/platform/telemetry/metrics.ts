import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { createBulkHistogram, type ObserveMany } from './bulk-histogram.ts';

/** Where any part of the program puts its numbers. */
export interface Metrics {
  /** A number that is read when somebody asks, e.g. the length of a queue. */
  gauge(name: string, help: string, read: () => number): void;
  /** Gives what adds to it, one where no amount is given. */
  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): (labels: Record<Label, string>, amount?: number) => void;
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ): ObserveMany<Label>;
  /** Seconds of answered requests, summed up; `route` is the pattern, so that ids do not become labels. */
  observeRequest(
    labels: { method: string; route: string; status: number },
    seconds: number,
    count?: number,
  ): void;
  countJob(labels: { queue: string; outcome: 'done' | 'failed' }): void;
  /** The page that Prometheus reads. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** Bounds in seconds: an API answer takes milliseconds, a rendered picture up to many seconds. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A registry of its own, so that two servers in one process (tests) do not count together. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const observeRequest = createBulkHistogram(registry, {
    name: 'windlass_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
  });
  const jobs = new Counter({
    name: 'windlass_jobs_total',
    help: 'Jobs that this process carried out',
    labelNames: ['queue', 'outcome'],
    registers: [registry],
  });
  return {
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({ name, help, collect: (): void => gauge.set(read()), registers: [] });
      registry.registerMetric(gauge);
    },
    counter: (name, help, labelNames) => {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
      return (labels, amount = 1) => counter.inc(labels, amount);
    },
    histogram: (name, help, labelNames, buckets) =>
      createBulkHistogram(registry, { name, help, labelNames, buckets }),
    observeRequest,
    countJob: (labels) => jobs.inc(labels),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
};
