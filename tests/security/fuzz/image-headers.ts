import fc from 'fast-check';
import { imagesHost } from './image-shelf.ts';

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

/** Whatever else may decide an answer: what a client takes, has already, and comes from. */
export const imageHeaders = (ownHost: string): fc.Arbitrary<Record<string, string>> => {
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
