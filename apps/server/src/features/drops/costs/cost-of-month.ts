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
