import { formatFacts, type Plan } from '@windlass/images';

/** Sent with every answer of this listener, errors too: nothing here may run, frame or be guessed at. */
export const everyAnswer: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, server-timing, x-request-id',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
};

const oneYearSeconds = 31_536_000;

/** `expires` is when the URL stops working, so no cache may hold the picture longer. */
export const cacheControl = (maxAgeSeconds: number, expires: number | null, nowSeconds: number): string =>
  `public, max-age=${expires === null ? maxAgeSeconds : Math.min(oneYearSeconds, Math.max(0, expires - nowSeconds))}`;

/** RFC 8187: bytes that are not attr-char are percent-encoded; encodeURIComponent leaves these four more. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const baseName = (path: string): string => {
  const last = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[\p{Cc}\\]+/gu, '-');
  const stem = last.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return stem === '' ? 'picture' : stem;
};

/** RFC 6266: a plain name for old clients and the real one in UTF-8. */
export const contentDisposition = (plan: Plan, path: string): string => {
  const { extension } = formatFacts[plan.format];
  const given = plan.download ?? '';
  const stem = given === '' ? baseName(path) : given;
  const name = given !== '' && /\.[A-Za-z0-9]{1,5}$/.test(given) ? given : `${stem}.${extension}`;
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const kind = plan.download === null ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${extended(name)}`}`;
};
