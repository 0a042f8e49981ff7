import { parseCacheStatus, type CacheStatus } from './cache-status.ts';
import { parseServerTiming, type TimingMetric } from './server-timing.ts';

const timeoutMilliseconds = 30_000;

export interface LoadedPicture {
  objectUrl: string;
  bytes: number;
  contentType: string;
  /** From asking to the last byte. */
  milliseconds: number;
  /** What the server says of its own part. */
  timing: readonly TimingMetric[];
  /** Where this server had it from; null where it does not say. */
  cache: CacheStatus | null;
  /** True where this browser had the picture already, and no server was asked. */
  fromBrowser: boolean;
  /** Of answers that are text about a picture: a hash, or facts as JSON. */
  text: string | null;
}

/** The images listener refused: its own words. */
export class PictureRefused extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.name = 'PictureRefused';
    this.status = status;
  }
}

/** Zero bytes on the wire, not even headers, mean the browser's own cache (Resource Timing, transferSize). */
const cameFromBrowser = (url: string): boolean => {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  return entry instanceof PerformanceResourceTiming && entry.transferSize === 0 && entry.decodedBodySize > 0;
};

/** `403: Invalid signature` without the status, which is known already. */
const withoutStatus = (text: string): string => text.slice(0, 300).replace(/^\d{3}: /, '');

/**
 * Fetches a picture as a visitor of another site would (no cookies), to tell its bytes and its time.
 * The caller revokes `objectUrl`.
 *
 * @throws PictureRefused with the listener's reason.
 */
export const loadPicture = async (url: string, signal: AbortSignal): Promise<LoadedPicture> => {
  const started = performance.now();
  const response = await fetch(url, {
    mode: 'cors',
    credentials: 'omit',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  });
  if (!response.ok) throw new PictureRefused(response.status, withoutStatus(await response.text()));
  const blob = await response.blob();
  const contentType = response.headers.get('content-type') ?? blob.type;
  return {
    objectUrl: URL.createObjectURL(blob),
    bytes: blob.size,
    contentType,
    milliseconds: performance.now() - started,
    timing: parseServerTiming(response.headers.get('server-timing') ?? ''),
    cache: parseCacheStatus(response.headers.get('cache-status') ?? '', 'windlass'),
    fromBrowser: cameFromBrowser(url),
    text: contentType.startsWith('image/') ? null : await blob.text(),
  };
};
