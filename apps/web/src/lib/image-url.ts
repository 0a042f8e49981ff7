import type { ImageParameters } from './image-parameters.ts';

/** A curl line; the URL is quoted for a POSIX shell. */
export const curlLine = (url: string): string => `curl -o picture '${url.replaceAll("'", `'\\''`)}'`;

/** The path of an object as a URL path: each segment encoded, slashes kept (a key may hold `?`, `#` or spaces). */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** URL of a picture of a source that is not secured. @example publicImageUrl('http://localhost:7401/demo', 'a b.jpg', { width: '300' }) */
export const publicImageUrl = (baseUrl: string, path: string, parameters: ImageParameters): string => {
  const query = new URLSearchParams(parameters).toString();
  return `${baseUrl}/${encodePath(path)}${query === '' ? '' : `?${query}`}`;
};
