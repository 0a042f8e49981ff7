import { BadValue } from '../bad-value.ts';

/** The picture of an overlay: one of the base's own source, or the image URL of one on another source. */
export interface NestedTarget {
  /** As in the URL, with its port, lower case. Null: a path of the base's own source. */
  host: string | null;
  /** Raw request target, one character a byte, with a leading slash; without a host the source's name is not in it. */
  target: string;
  /** The one spelling: a bare path with its query, or an https URL. */
  text: string;
}

const scheme = /^[a-z][a-z0-9+.-]*:/i;
const takes = 'takes the path of a picture on this source, or the URL of one on another source';

/** What may not travel in a request target is escaped; what is escaped already stays, as a signature may cover it. */
const rawTarget = (text: string): string =>
  text
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll(/[^\x21-\x7e]|[#"<>\\^`{|}]/gu, (character) => encodeURIComponent(character));

/**
 * @throws BadValue for another scheme than http and https, for a user name in the URL and for no path at all
 * @example parseNestedTarget('watermark', 'logo.svg?width=100') // { host: null, target: '/logo.svg?width=100', … }
 */
export const parseNestedTarget = (name: string, text: string): NestedTarget => {
  const absolute = /^https?:\/\/([^/?#]*)/i.exec(text);
  // A key may hold a colon, but not where a scheme ends: that is somebody's URL of something else.
  if (absolute === null && scheme.test(text)) throw new BadValue(name, takes);
  const host = absolute?.[1]?.toLowerCase() ?? null;
  if (host !== null && !/^[a-z0-9.-]+(:\d{1,5})?$/.test(host)) throw new BadValue(name, takes);
  const rest = rawTarget(text.slice(absolute?.[0].length ?? 0)).replace(/^\/+/, '');
  if (rest === '' || rest.startsWith('?')) throw new BadValue(name, takes);
  const target = `/${rest}`;
  if (host !== null) return { host, target, text: `https://${host}${target}` };
  // Its slash tells a key that begins like a URL from that URL.
  return { host, target, text: scheme.test(rest) ? target : rest };
};
