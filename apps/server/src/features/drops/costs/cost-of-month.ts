import type { StoragePrices } from '@windlass/contract';

/** What one provider did for the orders of one month. */
export interface MonthVolume {
  /** Files written, the manifests of orders included. */
  writes: number;
  /** Files fetched. */
  reads: number;
  /** Bytes that lay there on average over the whole month. */
  averageBytesStored: number;
  bytesDownloaded: number;
}

export interface MonthCost {
  storage: number;
  downloads: number;
  requests: number;
  total: number;
}

/** As price lists count it: 1,000,000,000 bytes. */
const gigabyte = 1e9;

/**
 * In the currency of the prices, unrounded.
 *
 * @example costOfMonth({ writes: 0, reads: 0, averageBytesStored: 10e9, bytesDownloaded: 10e9 }, aws)
 * // { storage: 0.23, downloads: 0.9, requests: 0, total: 1.13 }
 */
export const costOfMonth = (
  { writes, reads, averageBytesStored, bytesDownloaded }: MonthVolume,
  prices: Pick<
    StoragePrices,
    'storagePerGbMonth' | 'downloadPerGb' | 'writesPerThousand' | 'readsPerThousand'
  >,
): MonthCost => {
  const storage = (averageBytesStored / gigabyte) * prices.storagePerGbMonth;
  const downloads = (bytesDownloaded / gigabyte) * prices.downloadPerGb;
  const requests = (writes / 1000) * prices.writesPerThousand + (reads / 1000) * prices.readsPerThousand;
  return { storage, downloads, requests, total: storage + downloads + requests };
};

/** Bytes that lie in a bucket from one moment to another; `until` null: still. */
export interface StoredSpan {
  bytes: number;
  from: Date;
  until: Date | null;
}

/**
 * The average over a calendar month (UTC) of what lay there, at most until `now`: what has not passed yet costs nothing yet.
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
