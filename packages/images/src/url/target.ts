import { decodeText, percentDecode } from './percent-decoding.ts';
import { BadValue } from '../bad-value.ts';

/** An image URL taken apart, nothing interpreted yet. */
export interface ImageTarget {
  /** Name of the source; empty where the URL names none. */
  source: string;
  /** Decoded once, no leading slash: the text that is signed and the key below the source. `//` stays. */
  path: string;
  /** Everything after the first `?`, byte for byte as received; empty where there is none. */
  rawQuery: string;
  /** How the source was named. */
  mode: 'path' | 'host';
}

export interface TargetInput {
  /** The request target as received (`request.url`), one character a byte. */
  target: string;
  /** The Host header; the port is ignored. */
  host?: string | undefined;
  /** `images.example.com` makes `demo.images.example.com` name the source `demo`; undefined: path mode only. */
  imagesHost?: string | undefined;
}

const hostName = (host: string): string => host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');

/** The label before `.images.example.com`, or undefined where the host is another. */
const hostLabel = (host: string | undefined, imagesHost: string | undefined): string | undefined => {
  if (host === undefined || imagesHost === undefined) return undefined;
  const suffix = `.${hostName(imagesHost)}`;
  const name = hostName(host);
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;
};

/**
 * Reads a raw request target in path mode (`/{source}/{path}`) or host-label mode (`{source}.{host}/{path}`).
 * An escaped slash separates like a plain one, a plus is a plus, and nothing is normalised: signatures cover it.
 *
 * @throws BadValue for broken escapes, text that is not UTF-8, NUL.
 * @example parseTarget({ target: '/demo/a%2Fb.jpg?width=600' }) // source demo, path a/b.jpg
 */
export const parseTarget = (input: TargetInput): ImageTarget => {
  // RFC 9112 3.2.2: a server takes the absolute form too, and its authority then replaces Host.
  const absolute = /^https?:\/\/([^/?#]*)/i.exec(input.target);
  const host = absolute?.[1] ?? input.host;
  const target = absolute === null ? input.target : input.target.slice(absolute[0].length);

  const questionMark = target.indexOf('?');
  const rawPath = questionMark < 0 ? target : target.slice(0, questionMark);
  const rawQuery = questionMark < 0 ? '' : target.slice(questionMark + 1);
  if (rawPath !== '' && !rawPath.startsWith('/')) throw new BadValue('path', 'must start with a slash');
  const path = decodeText(percentDecode(rawPath, 'path', false), 'path').replace(/^\/+/, '');

  const label = hostLabel(host, input.imagesHost);
  if (label !== undefined) return { source: label, path, rawQuery, mode: 'host' };
  const slash = path.indexOf('/');
  return {
    source: slash < 0 ? path : path.slice(0, slash),
    path: slash < 0 ? '' : path.slice(slash + 1).replace(/^\/+/, ''),
    rawQuery,
    mode: 'path',
  };
};
