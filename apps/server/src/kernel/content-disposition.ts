import { percentEncode } from './percent-encode.ts';

/** How a browser treats what it fetches: saves it under a name, or shows it and keeps the name for whoever saves it. */
export interface Disposition {
  kind: 'attachment' | 'inline';
  name: string;
}

/**
 * The value of a Content-Disposition header (RFC 6266): a plain name for old clients, and where that is not the real one,
 * the real one in UTF-8 (RFC 8187).
 *
 * @example contentDisposition({ kind: 'attachment', name: 'å.jpg' })
 * // `attachment; filename="_.jpg"; filename*=UTF-8''%C3%A5.jpg`
 */
export const contentDisposition = ({ kind, name }: Disposition): string => {
  // RFC 6266 4.3 has receivers drop folders; a slash that is left does as one on some of them.
  const whole = name.toWellFormed().replaceAll('/', '_');
  const plain = whole.replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const extended = plain === whole ? '' : `; filename*=UTF-8''${percentEncode(whole)}`;
  return `${kind}; filename="${plain}"${extended}`;
};
