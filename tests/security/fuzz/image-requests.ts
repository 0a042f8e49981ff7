import { parameterNames, type ParameterName } from '@windlass/images/parameters';
import fc from 'fast-check';
import type { RawRequest } from '../../support/raw-request.ts';
import { imageHeaders } from './image-headers.ts';
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
      headers: imageHeaders(new URL(shelf.imagesUrl).host),
    })
    .map(({ method, target: { place, query, set }, headers }) => ({
      method,
      target: query === '' ? place : `${place}?${query}`,
      headers,
      names: set.map(([name]) => name).filter(isKnown),
    }));
