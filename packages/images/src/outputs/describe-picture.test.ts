import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { decode, isBlurhashValid } from 'blurhash';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { renderFile } from '../inputs/testing/render-file.ts';
import type { PictureDescription } from './describe-picture.ts';

/** Photographs that the package of the face detector ships; none is copied. */
const samplePhoto = (number: number): Buffer =>
  readFileSync(createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/sample${number}.jpg`));
const stripes = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#2040c0' } })
  .composite([
    {
      input: await sharp({ create: { width: 30, height: 60, channels: 3, background: '#e0e020' } })
        .png()
        .toBuffer(),
      left: 0,
      top: 0,
    },
  ])
  .removeAlpha()
  .png()
  .toBuffer();
const description = async (query: string, file: Buffer = stripes): Promise<PictureDescription> => {
  const { bytes, contentType } = await renderFile(file, `format=json&${query}`);
  expect(contentType).toBe('application/json; charset=utf-8');
  return JSON.parse(Buffer.from(bytes).toString()) as PictureDescription;
};

const bits = async (file: Buffer, query = ''): Promise<bigint> => {
  const { hashes } = await description(query, file);
  expect(hashes.dhash).toMatch(/^[0-9a-f]{16}$/);
  return BigInt(`0x${hashes.dhash}`);
};
const distance = (a: bigint, b: bigint): number =>
  [...(a ^ b).toString(2)].filter((bit) => bit === '1').length;

describe('text about a picture', () => {
  it('is a blurhash of as many components as asked for', async () => {
    for (const [query, x, y] of [
      ['', 4, 3],
      ['blurhash=6,2', 6, 2],
    ] as const) {
      const hash = Buffer.from((await renderFile(stripes, `format=blurhash&${query}`)).bytes).toString();
      expect(isBlurhashValid(hash)).toEqual({ result: true });
      expect(hash.length).toBe(4 + 2 * x * y);
      const [red = 0, green = 0, blue = 255] = decode(hash, 9, 6);
      expect(red > 120 && green > 120 && blue < 120).toBe(true);
    }
  });

  it('is a thumbhash', async () => {
    const text = Buffer.from((await renderFile(stripes, 'format=thumbhash')).bytes).toString();
    expect(thumbHashToApproximateAspectRatio(Buffer.from(text, 'base64'))).toBeCloseTo(1.5, 0);
  });

  it('is a description of the original and of what the plan makes of it', async () => {
    const found = await description('width=45');
    expect(found.original).toEqual({
      format: 'png',
      bytes: stripes.length,
      sha256: createHash('sha256').update(stripes).digest('hex'),
      width: 90,
      height: 60,
      orientation: 1,
      frames: 1,
      hasAlpha: false,
      progressive: false,
      ...(found.original.density === undefined ? {} : { density: found.original.density }),
    });
    expect(found.picture).toEqual({ width: 45, height: 30 });
    expect(found.colors.dominant).toBe('#2040c0');
    expect(found.colors.average).toBe('#60758b');
    expect(found).not.toHaveProperty('faces');
    expect((await description('region=0,0,20,20')).colors.dominant).toBe('#e0e020');
  });

  it('has a hash that stays nearly the same for what looks alike, and only for that', async () => {
    const one = await bits(samplePhoto(1));
    expect(
      distance(one, await bits(await sharp(samplePhoto(1)).resize(200).jpeg({ quality: 30 }).toBuffer())),
    ).toBeLessThan(6);
    expect(distance(one, await bits(samplePhoto(4)))).toBeGreaterThan(12);
  });

  it('tells faces where the plan is about faces', async () => {
    const { faces = [] } = await description('mode=face', samplePhoto(1));
    expect(faces).toHaveLength(3);
  });
});
