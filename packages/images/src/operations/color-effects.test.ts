import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pixelsOf } from './testing/render-drawing.ts';

const plain = (channels: 3 | 4) =>
  sharp({ create: { width: 40, height: 20, channels, background: { r: 200, g: 40, b: 90, alpha: 0.6 } } });
const deep = (channels: 3 | 4) => plain(channels).toColourspace('rgb16');

const effects = [
  ['invert=true', [55, 215, 165]],
  ['sepia=100', [126, 112, 88]],
  ['saturate=0', [78, 78, 78]],
  ['invert=true&sepia=100', [218, 194, 151]],
] as const;

describe.each([
  ['8 bits', plain],
  ['16 bits', deep],
])('effects on a picture of %s a channel', (_depth, picture) => {
  it.each(effects.flatMap(([query, color]) => [3, 4].map((channels) => [query, channels, color] as const)))(
    '%s does the same to one of %i channels, resized or not',
    async (query, channels, color) => {
      const original = await picture(channels === 3 ? 3 : 4)
        .png()
        .toBuffer();
      for (const size of ['', '&width=20', '&width=20&height=20&mode=crop&blur=0.5']) {
        const pixel = (await pixelsOf({ original, query: query + size })).at(5, 5);
        const expected = channels === 4 ? [...color, 153] : color;
        expect(pixel).toHaveLength(expected.length);
        expected.forEach((value, index) => {
          expect(Math.abs((pixel[index] ?? -1) - value)).toBeLessThanOrEqual(2);
        });
      }
    },
  );
});
