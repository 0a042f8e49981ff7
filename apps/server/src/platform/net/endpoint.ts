import { AppError } from '../../kernel/app-error.ts';

/** An S3 endpoint: an origin and nothing more. */
export interface Endpoint {
  /** `https://host` or `https://host:port`, as URLs spell it. */
  origin: string;
  secure: boolean;
  /** Without brackets. */
  host: string;
  port: number;
}

/**
 * Reads an endpoint that a person gave. Octal, decimal and hexadecimal spellings of IPv4 come out as plain addresses
 * (WHATWG URL, host parsing), so that nothing behind this sees them.
 *
 * @throws AppError invalidRequest that says what is wrong
 */
export const parseEndpoint = (text: string): Endpoint => {
  if (!URL.canParse(text)) throw bad('is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw bad('starts with https:// or http://');
  if (url.username !== '' || url.password !== '') throw bad('may not hold a user name or password');
  // `https://host/?` has an empty query that URL does not show.
  if (url.pathname !== '/' || /[?#]/.test(text)) {
    throw bad('ends after the host and port: the bucket and prefix have fields of their own');
  }
  if (url.port === '0') throw bad('has the port 0');
  const secure = url.protocol === 'https:';
  return {
    origin: url.origin,
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
  };
};

const bad = (what: string): AppError =>
  new AppError('invalidRequest', `The endpoint ${what}.`, { errors: [{ path: 'endpoint', message: what }] });
