import fc from 'fast-check';
import type { RawRequest } from '../../support/raw-request.ts';

const names = [
  'width',
  'height',
  'dpr',
  'mode',
  'aspect-ratio',
  'format',
  'quality',
  'background-color',
  'expires',
  'download',
  'signature',
  'crop',
  'contain',
  'contain-color',
  'unknown',
  'aspect_ratio',
  'aspectRatio',
  '',
] as const;

const values = fc.oneof(
  fc.integer({ min: -10, max: 400 }).map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    '',
    '%',
    '%zz',
    '%ff%fe',
    '+',
    '0',
    '9999999999999999',
    '1e3',
    '-0',
    'NaN',
    '16:9',
    '1.85:1',
    '0:0',
    'crop',
    'contain',
    'force',
    'webp',
    'avif',
    'png',
    'gif',
    'jpeg',
    'auto',
    'red',
    '255,0,0',
    '255%2C0%2C0%2C128',
    'F00',
    '300,0,0',
    '..%2F..%2Fetc',
    '%00',
    'a'.repeat(3000),
    `a"b\r\nset-cookie%3A x`.replaceAll(/[\r\n "]/g, encodeURIComponent),
  ),
);

/** Image URLs over real and invented pictures with real and invented parameters. */
export const imageRequests = (pictures: readonly string[]): fc.Arbitrary<RawRequest> => {
  const path = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pictures.map((picture) => `/demo/${picture}`)) },
    { weight: 1, arbitrary: fc.webPath() },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '/',
        '//',
        '/demo',
        '/demo/',
        '/demo//',
        '/demo/..%2f..%2fetc%2fpasswd',
        '/demo/%',
        '/demo/%zz',
        '/demo/%ff',
        '/demo/%00',
        '/nobody/a.jpg',
        `/demo/${'k'.repeat(2000)}`,
        '/demo/a%2Fb',
        '/.well-known/x',
        '/demo/%2e%2e/%2e%2e/x',
        '/demo/.windlass-probe',
        '/healthz/x',
        '/DEMO/x',
      ),
    },
  );
  const query = fc
    .array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 5 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
  return fc
    .record({
      method: fc.oneof(
        { weight: 8, arbitrary: fc.constant('GET') },
        { weight: 2, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'DELETE') },
      ),
      path,
      query,
      etag: fc.constantFrom('', '*', '"x"', 'W/"x"', 'nonsense'),
    })
    .map(({ method, path: place, query: search, etag }) => ({
      method,
      target: search === '' ? place : `${place}?${search}`,
      headers: etag === '' ? {} : { 'if-none-match': etag },
    }));
};
