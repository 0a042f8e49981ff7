import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';

const grain = sharp({
  create: {
    width: 64,
    height: 48,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
});
const noted = grain
  .clone()
  .withExif({ IFD0: { Make: 'Acme' } })
  .withIccProfile('p3');
const files = {
  baseline: await noted.clone().jpeg().toBuffer(),
  progressive: await noted.clone().jpeg({ progressive: true }).toBuffer(),
  png: await noted.clone().png().toBuffer(),
};
const cmyk = await grain.clone().toColourspace('cmyk').jpeg().toBuffer();

const segment = (marker: number, body: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, Buffer.from(body, 'latin1')]);
};

const strip = (file: Buffer): Buffer | null => (file[0] === 0xff ? stripJpeg(file) : stripPng(file));

describe('a file without its notes', () => {
  it.each(Object.entries(files))('shows the same, with its profile: %s', async (_, file) => {
    const stripped = strip(Buffer.concat([file, Buffer.from('<svg onload="x"/>')])) ?? Buffer.alloc(0);
    expect(file.includes('Acme')).toBe(true);
    expect(stripped.includes('Acme') || stripped.includes('svg')).toBe(false);
    const header = await sharp(stripped).metadata();
    expect(header.exif).toBeUndefined();
    expect(header.icc).toEqual((await sharp(file).metadata()).icc);
    expect(await sharp(stripped).raw().toBuffer()).toEqual(await sharp(file).raw().toBuffer());
  });

  it('has no comment, no XMP, no thumbnail and no unknown segment', () => {
    const start = files.baseline.subarray(0, 2);
    const thumbnail = `JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01secret`;
    const notes = [
      segment(0xfe, 'secret'),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0secret'),
      segment(0xe0, thumbnail),
      segment(0xe2, 'MPF\0secret'),
      segment(0xed, 'Photoshop 3.0\0secret'),
    ];
    const file = Buffer.concat([start, ...notes, files.baseline.subarray(2)]);
    expect(stripJpeg(file)).toEqual(stripJpeg(files.baseline));
  });

  it('is none where it is cut off, or made for print', () => {
    for (const file of Object.values(files)) expect(strip(file.subarray(0, file.length - 3))).toBeNull();
    expect(stripJpeg(cmyk)).toBeNull();
  });

  it('is none or no larger, whatever the bytes are', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(files)), damage, (file, changes) => {
        const broken = Buffer.from(file);
        for (const [at, value] of changes) broken[at % broken.length] = value;
        expect(strip(broken)?.length ?? 0).toBeLessThanOrEqual(broken.length);
      }),
      { numRuns: 500 },
    );
  });
});
