import type { ImageParameters } from './image-parameters.ts';

/** A text as one word of a POSIX shell; bare where that is the same. */
const shellWord = (text: string): string =>
  /^[\w.][\w.-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A curl line that saves under a file's name; the URL is quoted. */
export const curlLine = (url: string, file: string): string =>
  `curl -o ${shellWord(file)} '${url.replaceAll("'", `'\\''`)}'`;

/** The path of an object as a URL path: each segment encoded, slashes kept (a key may hold `?`, `#` or spaces). */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** URL of a picture of a source that is not secured. @example publicImageUrl('http://localhost:7401/demo', 'a b.jpg', { width: '300' }) */
export const publicImageUrl = (baseUrl: string, path: string, parameters: ImageParameters): string => {
  const query = new URLSearchParams(parameters).toString();
  return `${baseUrl}/${encodePath(path)}${query === '' ? '' : `?${query}`}`;
};
