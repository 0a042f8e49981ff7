import { formatFacts, type OutputFormat, type Plan } from '@windlass/images';

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

/** RFC 8187: bytes that are not attr-char are percent-encoded; encodeURIComponent leaves these four more. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const baseName = (path: string): string => {
  const last = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[\p{Cc}\\]+/gu, '-');
  const stem = last.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return stem === '' ? 'picture' : stem;
};

/** RFC 6266: a plain name for old clients and the real one in UTF-8. */
export const contentDisposition = (download: string | null, path: string, format: OutputFormat): string => {
  const { extension } = formatFacts[format];
  const given = download ?? '';
  const stem = given === '' ? baseName(path) : given;
  const name = given !== '' && /\.[A-Za-z0-9]{1,5}$/.test(given) ? given : `${stem}.${extension}`;
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const kind = download === null ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${extended(name)}`}`;
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
  contentDisposition(plan.download, path, format),
  'content-type',
  formatFacts[format].contentType,
];
