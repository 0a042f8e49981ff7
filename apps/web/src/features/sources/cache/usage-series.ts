import type { SourceUsage, UsageRange } from '@windlass/contract';

/** What became of a request, in the order that a graph stacks them: what was there, what was made, what failed. */
export const outcomes = ['memory', 'disk', 'bucket', 'unchanged', 'made', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export const outcomeWords = {
  memory: 'From memory',
  disk: 'From disk',
  bucket: 'From the bucket cache',
  unchanged: 'Not modified (304)',
  made: 'Made',
  failed: 'Failed (4xx, 5xx)',
} as const satisfies Record<Outcome, string>;

export type UsagePoint = Record<Outcome, number> & {
  /** In the reader's time zone: `14:00`, or `Nov 27`. */
  label: string;
  requests: number;
  /** 0 to 100; null where nobody asked. */
  hitPercent: number | null;
  bytesOut: number;
  bytesFromOrigin: number;
  /** Of one made picture, on average; null where none was made. */
  renderMilliseconds: number | null;
};

const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });
const dayHour = new Intl.DateTimeFormat('en', { weekday: 'short', hour: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const labelOf: Record<UsageRange, Intl.DateTimeFormat> = { day: hour, week: dayHour, month: day };

/** Requests that got a picture without one being made, of those that got one. */
export const hitRatio = (point: {
  memory: number;
  disk: number;
  bucket: number;
  unchanged: number;
  made: number;
}): number | null => {
  const had = point.memory + point.disk + point.bucket + point.unchanged;
  return had + point.made === 0 ? null : had / (had + point.made);
};

/** The counts of the API as a graph shows them. */
export const usageSeries = ({ range, points }: SourceUsage): readonly UsagePoint[] =>
  points.map((point) => {
    const counts = {
      memory: point.memoryHits,
      disk: point.diskHits,
      bucket: point.bucketHits,
      unchanged: point.notModified,
      made: point.misses,
      failed: point.errors,
    };
    const ratio = hitRatio(counts);
    return {
      ...counts,
      label: labelOf[range].format(new Date(point.at)),
      requests: point.requests,
      hitPercent: ratio === null ? null : Math.round(ratio * 1000) / 10,
      bytesOut: point.bytesOut,
      bytesFromOrigin: point.bytesFromOrigin,
      renderMilliseconds: point.misses === 0 ? null : Math.round(point.renderMilliseconds / point.misses),
    };
  });
