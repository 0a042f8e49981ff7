import { expect, it } from 'vitest';
import { shownAs } from './shown-as.ts';

it.each([
  ['a/b.JPG', undefined, 'image/jpeg'],
  ['a.txt', undefined, 'text/plain; charset=utf-8'],
  ['a.jpg', 'application/octet-stream', 'image/jpeg'],
  ['a', 'image/png', 'image/png'],
])('shows %s, said to be %s, as %s', (key, type, shown) => {
  expect(shownAs(key, type)).toBe(shown);
});

it.each([
  ['a.svg', undefined],
  ['a.html', undefined],
  ['a.pdf', undefined],
  ['a.constructor', undefined],
  ['jpg', undefined],
  ['a.jpg', 'image/svg+xml'],
  ['a.jpg', 'text/html'],
  ['a.jpg', 'image/jpeg; x=1'],
])('saves %s, said to be %s', (key, type) => {
  expect(shownAs(key, type)).toBeNull();
});
