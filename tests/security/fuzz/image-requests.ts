import { parameterNames, type ParameterName } from '@windlass/images/parameters';
import fc from 'fast-check';
import type { RawRequest } from '../../support/raw-request.ts';
import { imagesHost, type ImageShelf } from './image-shelf.ts';
import { junk, valueFor } from './image-values.ts';

/** A request, and which parameters it sets. */
export interface ImageRequest extends RawRequest {
  names: readonly ParameterName[];
}

const oddPaths = [
  '/',
  '//',
  '/?',
  '/open',
  '/open/',
  '/open//',
  '//open//photo.jpg',
  '/open/%',
  '/open/%zz',
  '/open/%ff',
  '/open/%00',
  '/open/..%2f..%2fetc%2fpasswd',
  '/open/%2e%2e/%2e%2e/closed/photo.jpg',
  '/open%2fphoto.jpg',
  '/nobody/photo.jpg',
  '/OPEN/photo.jpg',
  '/__proto__/photo.jpg',
  '/closed/photo.jpg',
  `/open/${'k'.repeat(1100)}`,
  `/open/${'k'.repeat(9000)}`,
  '/healthz',
  '/robots.txt?x',
  '/favicon.ico',
  '/.well-known/x',
  'http://open.images.localhost/photo.jpg',
  'http://127.0.0.1:1/open/photo.jpg?width=9',
  'http://',
] as const;

const oddNames = [
  'unknown',
  '',
  '__proto__',
  'constructor',
  'signature',
  's%69gnature',
  'wi%64th',
  'aspectRatio',
  'aspect_ratio',
  '%ff',
] as const;

/** A header's value: node:http sends no others. */
const noise = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?').trim());

const dates = [
  'Mon, 01 Jan 2024 00:00:00 GMT',
  'Mon, 01 Jan 2094 00:00:00 GMT',
  'Monday, 01-Jan-24 00:00:00 GMT',
  'Mon, 99 Foo 2024 99:00:00 GMT',
  '0',
] as const;

const etags = ['*', '"x"', 'W/"x"', '"x", W/"y",,', 'nonsense', '"', `"${'e'.repeat(3000)}"`] as const;

const headerValues = (ownHost: string): Readonly<Record<string, readonly string[]>> => ({
  accept: [
    'image/avif,image/webp,*/*;q=0.8',
    'image/webp',
    '*/*',
    'image/*;q=0',
    'image/avif;q=nope, image/webp;q=0.0001',
    ',;,;=',
    'a/b,'.repeat(900),
  ],
  'save-data': ['on', 'ON', 'off', '?1'],
  range: [
    'bytes=0-0',
    'bytes=0-99',
    'bytes=-1',
    'bytes=-0',
    'bytes=5-2',
    'bytes=0-',
    'bytes=0-1,3-4',
    'bytes=99999999999999999999-',
    'bytes=1-99999999999999999999',
    'bytes=',
    'lines=1-2',
    'bytes=0-0,'.repeat(500),
  ],
  'if-range': [...etags, ...dates],
  'if-none-match': etags,
  'if-match': etags,
  'if-modified-since': dates,
  'if-unmodified-since': dates,
  'cdn-loop': [
    'other',
    ownHost,
    `other; v=1, ${ownHost};x`,
    'windlass',
    ',,;',
    'a,'.repeat(2000),
    imagesHost,
  ],
  host: [
    imagesHost,
    `open.${imagesHost}`,
    `closed.${imagesHost}:80`,
    `a.b.${imagesHost}.`,
    `.${imagesHost}`,
    ownHost,
    'x',
    '[::1]:80',
    ':',
  ],
  'x-request-id': ['abc-123', 'x'.repeat(300), '<script>'],
  origin: ['null', 'https://example.com'],
  'access-control-request-method': ['GET', 'DELETE'],
  'accept-encoding': ['gzip, br', 'identity;q=0, *;q=0'],
  connection: ['close'],
  te: ['trailers'],
  via: ['1.1 x'],
});

const headersOf = (ownHost: string): fc.Arbitrary<Record<string, string>> => {
  const headers = headerValues(ownHost);
  // Conditions and ranges decide most about an answer.
  const names = [...Object.keys(headers), 'range', 'range', 'if-none-match', 'if-none-match', 'accept'];
  const one = fc
    .constantFrom(...names)
    .map((name) => [name, headers[name] ?? []] as const)
    .chain(([name, values]) =>
      fc.tuple(
        fc.constant(name),
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...values) },
          { weight: name === 'connection' ? 0 : 1, arbitrary: noise },
        ),
      ),
    );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.array(one, { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)) },
  );
};

type Pair = readonly [name: string, value: string];
const queryOf = (pairs: readonly Pair[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join('&');

const signingWays = ['right', 'right', 'right', 'missing', 'wrong', 'twice', 'not last'] as const;

/** Turns what is signed into what is sent. */
const signedQuery = (
  { sign }: ImageShelf,
  rawPath: string,
  query: string,
  way: (typeof signingWays)[number],
): string => {
  const signed = sign(decodeURIComponent(rawPath), query);
  switch (way) {
    case 'right':
      return signed;
    case 'missing':
      return query;
    case 'wrong':
      return `${signed.slice(0, -2)}AA`;
    case 'twice':
      return `signature=x&${signed}`;
    case 'not last':
      return `${signed}&width=9`;
  }
};

/** What most URLs set. */
const usual = ['width', 'height', 'format', 'quality'] as const;

const pairsOf = (pictures: fc.Arbitrary<string>, most: number): fc.Arbitrary<readonly Pair[]> => {
  const known = fc
    .oneof(fc.constantFrom(...parameterNames), fc.constantFrom(...usual))
    .chain((name) => fc.tuple(fc.constant(name), valueFor(name, pictures)));
  const odd = fc.tuple(fc.oneof(fc.constantFrom(...oddNames), junk), junk);
  return fc.array(fc.oneof({ weight: 40, arbitrary: known }, { weight: 1, arbitrary: odd }), {
    maxLength: most,
  });
};

/** Pictures inside others, as one value each: by a path, by a URL of this server, and by one of another. */
const nestedPictures = (shelf: ImageShelf, depth: number): fc.Arbitrary<string> => {
  const deeper = depth === 0 ? fc.constant('mark.svg') : nestedPictures(shelf, depth - 1);
  const bare = fc.tuple(fc.constantFrom(...shelf.paths), pairsOf(deeper, 3)).map(([path, pairs]) => ({
    path,
    query: queryOf(pairs),
  }));
  const base = fc.constantFrom(shelf.imagesUrl, `http://${imagesHost}`, 'https://elsewhere.example.com');
  const source = fc.constantFrom(...shelf.open, 'nobody');
  return fc
    .oneof(
      fc.constant('mark.svg'),
      fc.constant('mark.svg?width=30'),
      bare.map(({ path, query }) => `${path}?${query}`),
      fc
        .tuple(base, source, bare)
        .map(([origin, name, { path, query }]) => `${origin}/${name}/${path}?${query}`),
      fc.tuple(fc.constantFrom(...signingWays), bare).map(([way, { path, query }]) => {
        return `${shelf.imagesUrl}/${shelf.closed}/${path}?${signedQuery(shelf, path, query, way)}`;
      }),
    )
    .map(encodeURIComponent);
};

/** Real pictures, and what is none, over sources of each kind. */
const targetOf = (shelf: ImageShelf) => {
  const pairs = pairsOf(nestedPictures(shelf, 2), 7);
  const path = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('photo.jpg', 'leaf.png', 'moves.gif', 'mark.svg', 'photo.webp') },
    { weight: 5, arbitrary: fc.constantFrom(...shelf.paths) },
  );
  const open = fc
    .tuple(fc.constantFrom(...shelf.open), path, pairs)
    .map(([source, rawPath, set]) => ({ place: `/${source}/${rawPath}`, query: queryOf(set), set }));
  // Sides without a limit of the source's own.
  const wide = fc
    .tuple(fc.constantFrom('width', 'height'), fc.constantFrom('8191', '8192', '8193'), path)
    .map(([name, side, rawPath]) => {
      const set: readonly Pair[] = [[name, side]];
      return { place: `/wide/${rawPath}`, query: queryOf(set), set };
    });
  const closed = fc.tuple(fc.constantFrom(...signingWays), path, pairs).map(([way, rawPath, set]) => ({
    place: `/${shelf.closed}/${rawPath}`,
    query: signedQuery(shelf, rawPath, queryOf(set), way),
    set,
  }));
  const odd = fc
    .tuple(
      fc.oneof(
        fc.constantFrom(...oddPaths),
        fc.webPath(),
        junk.map((text) => `/open/${text}`),
      ),
      pairs,
    )
    .map(([place, set]) => ({ place, query: queryOf(set), set }));
  return fc.oneof(
    { weight: 12, arbitrary: open },
    { weight: 3, arbitrary: closed },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: wide },
  );
};

const isKnown = (name: string): name is ParameterName => parameterNames.some((known) => known === name);

/** Image URLs over real and invented pictures with real and invented parameters, methods and headers. */
export const imageRequests = (shelf: ImageShelf): fc.Arbitrary<ImageRequest> =>
  fc
    .record({
      method: fc.oneof(
        { weight: 30, arbitrary: fc.constant('GET') },
        { weight: 4, arbitrary: fc.constant('HEAD') },
        { weight: 1, arbitrary: fc.constantFrom('OPTIONS', 'POST', 'PUT', 'DELETE', 'TRACE', 'PROPFIND') },
      ),
      target: targetOf(shelf),
      headers: headersOf(new URL(shelf.imagesUrl).host),
    })
    .map(({ method, target: { place, query, set }, headers }) => ({
      method,
      target: query === '' ? place : `${place}?${query}`,
      headers,
      names: set.map(([name]) => name).filter(isKnown),
    }));
