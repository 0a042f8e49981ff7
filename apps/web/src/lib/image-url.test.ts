import fc from 'fast-check';
import { expect, it } from 'vitest';
import { curlLine, encodePath, publicImageUrl } from './image-url.ts';

it('encodes each segment and keeps the slashes', () => {
  expect(publicImageUrl('http://localhost:7401/demo', 'a b/c?d#e.jpg', { width: '300' })).toBe(
    'http://localhost:7401/demo/a%20b/c%3Fd%23e.jpg?width=300',
  );
});

it('gives back every path when decoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
      expect(encodePath(path).split('/').map(decodeURIComponent).join('/')).toBe(path);
      expect(encodePath(path)).not.toMatch(/[?# ]/);
    }),
  );
});

it('cannot break out of the shell’s quotes', () => {
  expect(curlLine("http://x/it's", 'it.webp')).toBe(`curl -o it.webp 'http://x/it'\\''s'`);
  expect(curlLine('http://x/a', "it's; rm.webp")).toBe(`curl -o 'it'\\''s; rm.webp' 'http://x/a'`);
  expect(curlLine('http://x/a', '-K.webp')).toBe(`curl -o '-K.webp' 'http://x/a'`);
});
