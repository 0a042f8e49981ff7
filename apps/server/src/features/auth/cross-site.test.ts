import { expect, test } from 'vitest';
import { refuseCrossSite, refuseForeignSignIn } from './cross-site.ts';

const http = 'http://localhost:7400';
const https = 'https://media.example.com';

type Headers = Record<string, string>;
const outcome = (
  check: typeof refuseCrossSite,
  method: string,
  headers: Headers,
  publicUrl: string,
): string => {
  try {
    check({ method, headers }, publicUrl);
    return 'passes';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const refused = 'crossSiteRequest';

test.each<[string, string, Headers, string, string]>([
  ['reads pass without any proof', 'GET', {}, http, 'passes'],
  ['reads pass from anywhere', 'HEAD', { origin: 'https://evil.example' }, http, 'passes'],
  ['our own origin', 'POST', { origin: http }, http, 'passes'],
  [
    'the host that was asked',
    'POST',
    { origin: 'http://127.0.0.1:7400', host: '127.0.0.1:7400' },
    http,
    'passes',
  ],
  [
    'another port of our host',
    'POST',
    { origin: 'http://localhost:7401', host: 'localhost:7400' },
    http,
    refused,
  ],
  ['another site', 'DELETE', { origin: 'https://evil.example', host: 'localhost:7400' }, http, refused],
  [
    'a sibling host',
    'PUT',
    { origin: 'https://blog.example.com', host: 'media.example.com' },
    https,
    refused,
  ],
  [
    'plain http of our host',
    'PATCH',
    { origin: 'http://media.example.com', host: 'media.example.com' },
    https,
    refused,
  ],
  ['an opaque origin', 'POST', { origin: 'null', host: 'null' }, http, refused],
  ['no header at all', 'POST', {}, http, refused],
  ['no Origin but a Referer', 'POST', { referer: `${http}/team` }, http, refused],
  ['a prefix of our origin', 'POST', { origin: 'https://media.example.com.evil.example' }, https, refused],
  ['the browser says same-origin', 'POST', { 'sec-fetch-site': 'same-origin' }, http, 'passes'],
  ['the person typed it', 'POST', { 'sec-fetch-site': 'none' }, http, 'passes'],
  ['the browser says same-site', 'POST', { 'sec-fetch-site': 'same-site', origin: https }, https, refused],
  ['the browser says cross-site', 'POST', { 'sec-fetch-site': 'cross-site', origin: https }, https, refused],
  ['an unknown word', 'POST', { 'sec-fetch-site': 'own' }, http, refused],
  ['an unknown method', 'PURGE', {}, http, refused],
])('with a session: %s', (_, method, headers, publicUrl, expected) => {
  expect(outcome(refuseCrossSite, method, headers, publicUrl)).toBe(expected);
});

test.each<[string, Headers, string]>([
  ['a program without a browser', {}, 'passes'],
  ['our own page', { origin: http }, 'passes'],
  ['a page elsewhere', { origin: 'https://evil.example' }, refused],
  ['a page elsewhere that hides its origin', { 'sec-fetch-site': 'cross-site' }, refused],
])('signing in: %s', (_, headers, expected) => {
  expect(outcome(refuseForeignSignIn, 'POST', headers, http)).toBe(expected);
});
