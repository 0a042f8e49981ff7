import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { colorTransforms } from '../../parameters/output.ts';
import { writesGoldens } from '../testing/golden.ts';
import { matrixProfile } from './matrix-profile.ts';
import { colorSpaces, profilePath } from './profiles.ts';

const xyz = (profile: Buffer, signature: string): number[] => {
  const count = profile.readUInt32BE(128);
  const entry = Array.from({ length: count }, (_, index) => 132 + index * 12).find(
    (at) => profile.toString('latin1', at, at + 4) === signature,
  );
  const offset = profile.readUInt32BE((entry ?? 0) + 4);
  return [8, 12, 16].map((at) => profile.readInt32BE(offset + at) / 65_536);
};

const through = async (path: string, color: string): Promise<number[]> => {
  const create = { width: 1, height: 1, channels: 3, background: color } as const;
  return [...(await sharp({ create }).withIccProfile(path).raw().toBuffer())];
};

describe('the profiles that color-transform attaches', () => {
  it.each(colorTransforms)('%s is what the generator makes', async (name) => {
    const made = matrixProfile(colorSpaces[name]);
    // As with the pictures beside: GOLDEN=write makes them anew.
    if (writesGoldens) await writeFile(profilePath(name), made);
    expect(await readFile(profilePath(name))).toEqual(made);
  });

  it('have sRGB’s colorants on the white of the connection space, as the ICC publishes them', () => {
    const profile = matrixProfile(colorSpaces.srgb);
    const published = [
      ['rXYZ', 0.4361, 0.2225, 0.0139],
      ['gXYZ', 0.3851, 0.7169, 0.0971],
      ['bXYZ', 0.1431, 0.0606, 0.7141],
    ] as const;
    for (const [signature, ...expected] of published) {
      xyz(profile, signature).forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? 0, 3));
    }
  });

  it.each(['#ff8000', '#123456', '#808080', '#00ff00', '#fefefe', '#010203', '#0a0a0a', '#141c24'])(
    'leave %s as it is where both are sRGB',
    async (color) => {
      const expected = await through('srgb', color);
      for (const name of ['srgb', 'tinysrgb'] as const) {
        const found = await through(profilePath(name), color);
        found.forEach((channel, index) => expect(Math.abs(channel - (expected[index] ?? 0))).toBeLessThan(2));
      }
    },
  );

  it('write sRGB red in Adobe RGB with less red and nothing else, as its gamut is wider in green', async () => {
    const [red = 0, green = 0, blue = 0] = await through(profilePath('adobe'), '#ff0000');
    // Adobe RGB (1998): sRGB red is 219, 0, 0.
    expect(Math.abs(red - 219)).toBeLessThan(2);
    expect(Math.max(green, blue)).toBeLessThan(2);
  });

  it('are small beside the 3 kB of a usual sRGB profile', () => {
    expect(matrixProfile(colorSpaces.tinysrgb).length).toBeLessThan(600);
    expect(matrixProfile(colorSpaces.adobe).length).toBeLessThan(560);
  });
});
