/** Bytes that lie in a bucket from one moment to another; `until` null: still. */
export interface StoredSpan {
  bytes: number;
  from: Date;
  until: Date | null;
}

/**
 * What the database reckons (costs/volume-store.ts), span by span, to hold it against: the average over a calendar month (UTC) of what lay there, at most until `now`: what has not passed yet costs nothing yet.
 *
 * @example averageStored([{ bytes: 31, from: day(1), until: day(2) }], '2026-12', now) // 1: one day of 31
 */
export const averageStored = (spans: readonly StoredSpan[], month: string, now: Date): number => {
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const end = monthAfter(month);
  let byteMilliseconds = 0;
  for (const { bytes, from, until } of spans) {
    const first = Math.max(start, from.getTime());
    const last = Math.min(end, until?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime());
    if (last > first) byteMilliseconds += bytes * (last - first);
  }
  return byteMilliseconds / (end - start);
};

const monthAfter = (month: string): number => {
  const start = new Date(`${month}-01T00:00:00Z`);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
};
