import { usageRanges, type SourceUsage, type UsageCounts, type UsageRange } from '@windlass/contract';
import { countsBy, sumOf } from './usage-counts.ts';

/** When the first point of a range begins: steps lie on UTC midnight, and the last one holds `now`. */
export const seriesStart = (range: UsageRange, now: Date): Date => {
  const { points, stepSeconds } = usageRanges[range];
  const step = stepSeconds * 1000;
  return new Date(Math.floor(now.getTime() / step) * step - (points - 1) * step);
};

/** Puts hours into evenly spaced points, with zeros where nothing was counted. */
export const usageSeries = (
  range: UsageRange,
  now: Date,
  hours: readonly { hour: Date; counts: UsageCounts }[],
): SourceUsage => {
  const { points, stepSeconds } = usageRanges[range];
  const start = seriesStart(range, now).getTime();
  const step = stepSeconds * 1000;
  const none = countsBy(() => 0);
  const series = Array.from({ length: points }, (_, index) => ({
    at: new Date(start + index * step).toISOString(),
    counts: none,
  }));
  for (const { hour, counts } of hours) {
    const point = series[Math.floor((hour.getTime() - start) / step)];
    if (point !== undefined) point.counts = sumOf([point.counts, counts]);
  }
  const totals = sumOf(series.map(({ counts }) => counts));
  return {
    range,
    stepSeconds,
    points: series.map(({ at, counts }) => ({ at, ...counts })),
    totals: { ...totals, hitRatio: hitRatio(totals) },
  };
};

/** Of the requests that were answered with a picture or a 304: the part that no picture was made for. */
const hitRatio = ({ memoryHits, diskHits, bucketHits, notModified, misses }: UsageCounts): number | null => {
  const hits = memoryHits + diskHits + bucketHits + notModified;
  return hits + misses === 0 ? null : hits / (hits + misses);
};
