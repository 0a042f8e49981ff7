import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { badge, cutout, draw, fileOf, rawOf, scenery } from './drawings.ts';
import { looksAlike, pictureDifference } from './picture-difference.ts';

const alike = async (one: Buffer, other: Buffer): Promise<boolean> =>
  looksAlike(await pictureDifference(one, other));

const original = await fileOf(scenery);
const changed = (change: (image: Sharp) => Sharp): Promise<Buffer> =>
  change(sharp(original)).png().toBuffer();

describe('the comparison of pictures takes', () => {
  it('the same picture', async () => {
    expect(await pictureDifference(original, original)).toEqual({ mean: 0, worstSquare: 0 });
  });

  it('one whose channels are off by one step, as another processor rounds', async () => {
    const rounded = draw(scenery.width, scenery.height, (x, y) => {
      const at = (y * scenery.width + x) * 4;
      const step = (x + y) % 2;
      return [
        (scenery.data[at] ?? 0) - step,
        (scenery.data[at + 1] ?? 0) - step,
        scenery.data[at + 2] ?? 0,
        255,
      ];
    });
    expect(await alike(original, await fileOf(rounded))).toBe(true);
  });
});

describe('the comparison of pictures refuses', () => {
  it.each([
    ['one that is a pixel wider', (image: Sharp) => image.resize({ width: 241, height: 160, fit: 'fill' })],
    ['one that is mirrored', (image: Sharp) => image.flop()],
    [
      'one that is shifted by a pixel',
      (image: Sharp) =>
        image.extract({ left: 1, top: 0, width: 239, height: 160 }).extend({ right: 1, extendWith: 'copy' }),
    ],
    ['one that is a little brighter', (image: Sharp) => image.linear(1.03, 0)],
    ['one of another hue', (image: Sharp) => image.modulate({ hue: 4 })],
    ['one that is a little blurred', (image: Sharp) => image.blur(0.8)],
  ])('%s', async (_, change) => {
    expect(await alike(original, await changed(change))).toBe(false);
  });

  it('one that lacks a mark of five pixels', async () => {
    const mark = await rawOf(draw(5, 1, () => [255, 255, 255, 255]))
      .png()
      .toBuffer();
    const marked = await changed((image) => image.composite([{ input: mark, left: 100, top: 60 }]));
    expect(await alike(original, marked)).toBe(false);
  });

  it('one whose transparency differs and whose colours do not', async () => {
    const faint = draw(badge.width, badge.height, (x, y) => {
      const at = (y * badge.width + x) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = badge.data.subarray(at, at + 4);
      return [red, green, blue, Math.round(alpha * 0.9)];
    });
    expect(await alike(await fileOf(badge), await fileOf(faint))).toBe(false);
    expect(await alike(await fileOf(cutout), await fileOf(cutout))).toBe(true);
  });
});
