import { expect, it } from 'vitest';
import { cdnLoopOf, comesFromOurselves } from './cdn-loop.ts';

const imagesUrl = 'https://Images.example.com:8443';

it.each([
  [cdnLoopOf(imagesUrl), true],
  ['other-cdn, IMAGES.example.com:8443', true],
  ['images.example.com:8443; version=1', true],
  ['other-cdn;name="images.example.com:8443"', false],
  ['images.example.com', false],
  ['', false],
  [undefined, false],
])('a request with CDN-Loop %j comes from ourselves: %s', (header, expected) =>
  expect(comesFromOurselves(header, imagesUrl)).toBe(expected),
);
