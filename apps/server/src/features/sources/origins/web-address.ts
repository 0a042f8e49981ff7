import { AppError } from '../../../kernel/app-error.ts';

const maxAddressLength = 4096;

/**
 * The one spelling of a base URL that is kept: as URLs spell it, with a slash at its end.
 *
 * @example normalBaseUrl('HTTPS://www.Example.com/media') // 'https://www.example.com/media/'
 */
export const normalBaseUrl = (text: string): string => new URL(text).href.replace(/\/*$/, '/');

/**
 * Where an object of a web folder is: always below base URL and prefix. `key` is the prefix and the path of the picture's
 * URL, not encoded; a path may also be the whole address, as imglab's clients write it, where that is below the folder.
 *
 * @throws AppError notFound for what cannot be below the folder
 * @example webAddress('https://www.example.com/media/', '', 'a b.jpg').href // 'https://www.example.com/media/a%20b.jpg'
 */
export const webAddress = (baseUrl: string, prefix: string, key: string): URL => {
  if (!key.startsWith(prefix) || !key.isWellFormed()) throw missing();
  const path = key.slice(prefix.length);
  const folder = baseUrl + encodePath(prefix);
  const url = /^https?:\/\//i.test(path) ? wholeAddress(path) : new URL(folder + encodePath(path));
  // The parser has taken dots and backslashes for what servers take them for: what is left of them is judged.
  if (!url.href.startsWith(folder) || url.href === folder || url.href.length > maxAddressLength)
    throw missing();
  return url;
};

const encodePath = (path: string): string => {
  const segments = path.split('/');
  if (segments.some(climbs)) throw missing();
  return segments.map(encodeURIComponent).join('/');
};

/** Or what some server takes for it: parameters of a segment (RFC 3986 3.3) and backslashes. */
const climbs = (segment: string): boolean => /^\.{1,2}(?:;|$)/.test(segment) || segment.includes('\\');

const wholeAddress = (text: string): URL => {
  if (!URL.canParse(text)) throw missing();
  const url = new URL(text);
  const segments = url.pathname.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      throw missing();
    }
  });
  // An escaped slash is one to some servers.
  if (segments.some((segment) => climbs(segment) || segment.includes('/'))) throw missing();
  url.hash = '';
  return url;
};

const missing = (): AppError => new AppError('notFound', 'There is no such object.');
