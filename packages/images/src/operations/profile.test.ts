import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { profileName } from '../inputs/icc-profile.ts';
import { badge, draw, rawOf, scenery } from './testing/drawings.ts';
import { operateOn, type DrawingJob } from './testing/render-drawing.ts';

/** Red of sRGB, written with another profile's numbers. */
const red = rawOf(draw(16, 16, () => [255, 0, 0, 255])).removeAlpha();
const fileWith = (change: (image: Sharp) => Sharp): Promise<Buffer> => change(red.clone()).png().toBuffer();
const displayP3 = await fileWith((image) => image.withIccProfile('p3'));

const outcome = async (original: Buffer, query: string, more: Partial<DrawingJob> = {}) => {
  const { image } = await operateOn({ original, query, ...more });
  const file = await image.png().toBuffer();
  const [r = -1, g = -1, b = -1] = await sharp(file).raw().toBuffer();
  const { icc, width, height } = await sharp(file).metadata();
  const stored = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
  return {
    profile: icc === undefined ? undefined : profileName(icc),
    seen: [r, g, b],
    stored: [...stored.subarray(0, 3)],
    width,
    height,
  };
};

/** Conversion there and back may round by a step or two. */
const nearly = (...channels: number[]): unknown =>
  channels.map((channel) => expect.closeTo(channel, -0.61) as unknown);

describe('the colour profile of a picture', () => {
  it('stays, with the numbers that it explains', async () => {
    const { profile, seen, stored } = await outcome(displayP3, 'width=8');
    expect(profile).toContain('P3');
    expect(seen).toEqual(nearly(255, 0, 0));
    expect(stored).toEqual(nearly(234, 51, 35));
  });

  it.each([
    'width=8&strip=all',
    'width=8&hue=360&sepia=0.0001',
    'text=x&text-size=4&text-x=9',
    'trim=auto',
    'width=8&height=4&mode=contain&contain-color=red',
  ])('goes with %s, and the colours stay what they were, in sRGB', async (query) => {
    const { profile, seen } = await outcome(displayP3, query);
    expect(profile).toBeUndefined();
    expect(seen).toEqual(nearly(255, 0, 0));
  });

  it('goes where something is drawn over the picture', async () => {
    const overlays = { watermark: { drawing: badge } };
    const { profile, seen } = await outcome(
      displayP3,
      'watermark=w&watermark-position=right,bottom&watermark-scale=10',
      {
        overlays,
      },
    );
    expect(profile).toBeUndefined();
    expect(seen).toEqual(nearly(255, 0, 0));
  });

  it.each(['width=8', 'width=8&strip=all', 'trim=auto', 'blur=1&width=4', 'color-transform=srgb'])(
    'of 16 bits a channel does not change what is seen, with %s',
    async (query) => {
      const deep = await fileWith((image) => image.toColourspace('rgb16').withIccProfile('p3'));
      expect((await outcome(deep, query)).seen).toEqual(nearly(255, 0, 0));
    },
  );

  it('for other pixels than RGB is never attached to RGB', async () => {
    const cmyk = await red
      .clone()
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    const { profile, seen } = await outcome(cmyk, 'width=8');
    expect(profile).toBeUndefined();
    const [r = 0, g = 255, b = 255] = seen;
    expect(r).toBeGreaterThan(200);
    expect(Math.max(g, b)).toBeLessThan(60);
  });
});

describe('color-transform', () => {
  it.each([
    ['srgb', 'sRGB', [255, 0, 0]],
    ['tinysrgb', 'sRGB', [255, 0, 0]],
    ['adobe', 'Adobe RGB', [219, 0, 0]],
  ] as const)('to %s converts the pixels and attaches the profile', async (name, description, expected) => {
    for (const original of [displayP3, await fileWith((image) => image)]) {
      const { profile, seen, stored } = await outcome(original, `color-transform=${name}`);
      expect(profile).toContain(description);
      expect(stored).toEqual(nearly(...expected));
      expect(seen).toEqual(nearly(255, 0, 0));
    }
  });

  it('with strip=all converts the pixels and leaves the profile out', async () => {
    const { profile, stored } = await outcome(displayP3, 'color-transform=adobe&strip=all');
    expect(profile).toBeUndefined();
    expect(stored).toEqual(nearly(219, 0, 0));
  });

  it('comes after everything that is drawn', async () => {
    const file = await rawOf(scenery).removeAlpha().png().toBuffer();
    const { seen } = await outcome(
      file,
      'color-transform=adobe&background-color=white&text=x&text-x=100&invert=true',
    );
    // The negative of the upper left corner of the scenery.
    expect(seen).toEqual(nearly(185, 125, 41));
  });
});
