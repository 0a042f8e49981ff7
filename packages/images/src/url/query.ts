import { BadValue } from '../bad-value.ts';
import { decodeText, percentDecode } from './percent-decoding.ts';

/** `aspectRatio`, `aspect_ratio` and `aspect-ratio` are one name: clients differ. */
const kebab = (name: string): string =>
  name.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Most of a query needs no decoding, and this runs for every request. */
const plain = /^[\w.,:*~/-]*$/;

const decoded = (raw: string, where: string): string =>
  plain.test(raw) ? raw : decodeText(percentDecode(raw, where, true), where);

/**
 * Parses a raw query as application/x-www-form-urlencoded, strictly. Keys come back in kebab case; where a name
 * comes twice the last one counts.
 *
 * @throws BadValue for broken escapes, text that is not UTF-8, NUL.
 */
export const parseQuery = (rawQuery: string): Map<string, string> => {
  const parameters = new Map<string, string>();
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    const name = kebab(decoded(rawName, 'query'));
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    // A name goes back to the caller in the error: only names that look like one.
    const where = /^[a-z-]{1,32}$/.test(name) ? name : 'query';
    if (parameters.size >= 100) throw new BadValue('query', 'has more than 100 parameters');
    parameters.set(name, decoded(value, where));
  }
  return parameters;
};
