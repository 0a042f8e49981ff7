import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const linesOf = async (metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> =>
  (await metrics.render()).text.split('\n').filter((line) => line.startsWith(name));

describe('metrics', () => {
  it('counts many observations in one step at their mean', async () => {
    const metrics = createMetrics();
    const observe = metrics.histogram('stage_seconds', 'Time of a stage', ['stage'], [0.01, 0.1]);
    observe({ stage: 'cache' }, 0.5, 100);
    observe({ stage: 'cache' }, 0.05);
    observe({ stage: 'cache' }, 7);
    expect(await linesOf(metrics, 'stage_seconds')).toEqual([
      'stage_seconds_bucket{stage="cache",le="0.01"} 100',
      'stage_seconds_bucket{stage="cache",le="0.1"} 101',
      'stage_seconds_bucket{stage="cache",le="+Inf"} 102',
      'stage_seconds_sum{stage="cache"} 7.55',
      'stage_seconds_count{stage="cache"} 102',
    ]);
  });

  it('keeps labels apart', async () => {
    const metrics = createMetrics();
    metrics.observeRequest({ method: 'GET', route: 'images', status: 200 }, 0.002, 4);
    metrics.observeRequest({ method: 'GET', route: 'images', status: 304 }, 0.002);
    expect(await linesOf(metrics, 'windlass_http_request_duration_seconds_count')).toEqual([
      'windlass_http_request_duration_seconds_count{method="GET",route="images",status="200"} 4',
      'windlass_http_request_duration_seconds_count{method="GET",route="images",status="304"} 1',
    ]);
  });

  it('adds to counters by their labels', async () => {
    const metrics = createMetrics();
    const count = metrics.counter('answers_total', 'Answers', ['from']);
    count({ from: 'hot' }, 10);
    count({ from: 'hot' });
    count({ from: 'disk' });
    expect(await linesOf(metrics, 'answers_total')).toEqual([
      'answers_total{from="hot"} 11',
      'answers_total{from="disk"} 1',
    ]);
  });
});
