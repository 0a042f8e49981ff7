import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff, sniffedBytes } from './sniff.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a format is told by its first bytes', () => {
  it.each([
    ['jpeg', '\xff\xd8\xff\xe1'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['gif', 'GIF87a'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x10\0\0\0WEBP'],
    ['tiff', 'II*\0'],
    ['tiff', 'MM\0*'],
    ['pdf', '%PDF-1.7'],
    ['avif', '\0\0\0\x20ftypavif\0\0\0\0mif1avif'],
    ['avif', '\0\0\0\x20ftypmif1\0\0\0\0avifmiaf'],
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['heic', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['svg', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made\nby hand --><svg/>'],
    ['svg', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
    ['svg', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg>'],
    ['svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>'],
  ])('%s: %j', (format, start) => {
    expect(sniff(latin1(start))).toBe(format);
  });

  it.each([
    '',
    'hello',
    '<html><svg>',
    '<svgx>',
    '<!--<svg>',
    'text <svg>',
    ' %PDF-1',
    '\0\0\0\x18ftypisom\0\0\0\0mp42',
    'RIFF\0\0\0\0WAVE',
  ])('not at all: %j', (start) => {
    expect(sniff(latin1(start))).toBeUndefined();
  });

  it('and by nothing further on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64 }), (start, rest) => {
        const head = Buffer.concat([start, Buffer.alloc(sniffedBytes - start.length, ' ')]);
        expect(sniff(Buffer.concat([head, rest]))).toBe(sniff(head));
      }),
    );
  });

  it('in linear time', () => {
    const before = performance.now();
    for (const piece of ['<!--', '<?', ' ', '<!DOCTYPE [', '<!-- -->']) sniff(latin1(piece.repeat(5000)));
    expect(performance.now() - before).toBeLessThan(200);
  });
});
