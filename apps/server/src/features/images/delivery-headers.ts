import { formatFacts, type OutputFormat, type Plan } from '@windlass/images';
import { contentDisposition } from '../../kernel/content-disposition.ts';

/** Names and values in turn, as `writeHead` of node:http takes them. */
export type HeaderPairs = string[];

/** Sent with every answer of this listener, errors too: nothing here may run, frame or be guessed at. */
export const everyAnswer: readonly string[] = [
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  'cache-status, etag, server-timing, x-request-id',
  'content-security-policy',
  "default-src 'none'; sandbox",
  'cross-origin-resource-policy',
  'cross-origin',
  'timing-allow-origin',
  '*',
  'x-content-type-options',
  'nosniff',
];

const oneYearSeconds = 31_536_000;

interface Lifetime {
  maxAgeSeconds: number;
  /** RFC 5861 3: how long a cache may show the old picture while it asks for the new one. */
  staleSeconds: number;
  /** UNIX seconds, of whichever URL in the picture ends first; null: never. */
  expires: number | null;
  nowSeconds: number;
}

/** `expires` is when a URL stops working, so no cache may hold the picture longer, nor show it after. */
export const cacheControl = ({ maxAgeSeconds, staleSeconds, expires, nowSeconds }: Lifetime): string => {
  if (expires !== null) {
    return `public, max-age=${Math.min(oneYearSeconds, Math.max(0, expires - nowSeconds))}`;
  }
  const stale = staleSeconds === 0 ? '' : `, stale-while-revalidate=${staleSeconds}`;
  return `public, max-age=${maxAgeSeconds}${stale}`;
};

const baseName = (path: string): string => {
  const last = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[\p{Cc}\\]+/gu, '-');
  const stem = last.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return stem === '' ? 'picture' : stem;
};

/** Named by the URL, else after the original, with the ending that the format has. */
export const pictureDisposition = (download: string | null, path: string, format: OutputFormat): string => {
  const { extension } = formatFacts[format];
  const given = download ?? '';
  const stem = given === '' ? baseName(path) : given;
  const name = given !== '' && /\.[A-Za-z0-9]{1,5}$/.test(given) ? given : `${stem}.${extension}`;
  return contentDisposition({ kind: download === null ? 'inline' : 'attachment', name });
};

export interface Delivery extends Lifetime {
  plan: Plan;
  path: string;
  etag: string;
  lastModified: Date | null;
  cacheStatus: string;
}

/** What RFC 9110 15.4.5 wants in a 304, and what tells of caches: all that does not describe the bytes. */
export const validatorHeaders = (delivery: Delivery): HeaderPairs => {
  const { plan, etag, lastModified } = delivery;
  return [
    'accept-ranges',
    'bytes',
    'cache-control',
    cacheControl(delivery),
    'cache-status',
    delivery.cacheStatus,
    'etag',
    etag,
    ...(plan.varies ? ['vary', 'Accept, Save-Data'] : []),
    ...(plan.tags.length === 0 ? [] : ['cache-tag', plan.tags.join(',')]),
    ...(lastModified === null ? [] : ['last-modified', lastModified.toUTCString()]),
  ];
};

/** What describes the bytes. */
export const pictureHeaders = (
  { plan, path }: Pick<Delivery, 'plan' | 'path'>,
  format: OutputFormat,
): HeaderPairs => [
  'content-disposition',
  pictureDisposition(plan.download, path, format),
  'content-type',
  formatFacts[format].contentType,
];
