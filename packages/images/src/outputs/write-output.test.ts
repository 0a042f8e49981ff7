import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderFile } from '../inputs/testing/render-file.ts';
import type { PictureDescription } from './describe-picture.ts';

const grain = (channels: 3 | 4 = 3, width = 240, height = 160) =>
  sharp({
    create: {
      width,
      height,
      channels,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });
const photo = await grain().jpeg({ quality: 95 }).toBuffer();
/** Photographs that the package of the face detector ships; none is copied. */
const samplePhoto = (number: number): Buffer =>
  readFileSync(createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/sample${number}.jpg`));
const headerOf = (bytes: Uint8Array) => sharp(bytes).metadata();

const exif = {
  IFD0: { Make: 'Acme', Model: 'One', Artist: 'Somebody' },
  IFD2: {
    DateTimeOriginal: '2026:05:01 12:30:00',
    FNumber: '28/10',
    ISOSpeedRatings: '200',
    FocalLength: '35/1',
    ExposureTime: '1/250',
    LensModel: 'Prime',
  },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
};
const tagged = await sharp(photo).withExif(exif).jpeg({ quality: 95 }).toBuffer();

const small = await sharp(photo)
  .jpeg({ quality: 40 })
  .withExif({ IFD0: { Make: 'Acme' } })
  .toBuffer();

const avifClient = { accept: 'image/avif,image/webp,*/*', saveData: false };
const webpClient = { accept: 'image/webp,*/*', saveData: false };
const oldClient = { accept: '*/*', saveData: false };

const headerAt120 = async (query: string) => headerOf((await renderFile(photo, `width=120&${query}`)).bytes);

describe('a picture is written', () => {
  it.each([
    ['jpeg', 'image/jpeg', { format: 'jpeg' }],
    ['png', 'image/png', { format: 'png' }],
    ['webp', 'image/webp', { format: 'webp' }],
    ['avif', 'image/avif', { format: 'heif', compression: 'av1' }],
    ['gif', 'image/gif', { format: 'gif' }],
  ])('as %s', async (format, contentType, header) => {
    const picture = await renderFile(photo, `width=60&format=${format}`);
    expect(picture).toMatchObject({ contentType, format, width: 60, height: 40 });
    expect(await headerOf(picture.bytes)).toMatchObject({ ...header, width: 60, height: 40 });
  });

  it('with the options of its format', async () => {
    expect(await headerAt120('')).toMatchObject({ isProgressive: false, chromaSubsampling: '4:2:0' });
    expect(await headerAt120('interlace=true&subsample=444')).toMatchObject({
      isProgressive: true,
      chromaSubsampling: '4:4:4',
    });
    expect(await headerAt120('format=png&interlace=true')).toMatchObject({
      isProgressive: true,
      isPalette: false,
    });
    expect(await headerAt120('format=png&quantise=true')).toMatchObject({ isPalette: true });
    const exact = await sharp(await grain(3, 60, 40).png().toBuffer())
      .png()
      .toBuffer();
    for (const format of ['webp', 'avif']) {
      const { bytes } = await renderFile(exact, `format=${format}&lossless=true`);
      expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(exact).raw().toBuffer());
    }
  });

  it('smaller with less quality, and with more effort', async () => {
    for (const format of ['jpeg', 'webp', 'avif']) {
      const size = async (query: string, effort: 'normal' | 'slow' = 'normal') =>
        (await renderFile(samplePhoto(1), `width=400&format=${format}&${query}`, { effort })).bytes.length;
      const normal = await size('quality=80');
      expect(await size('quality=40')).toBeLessThan(normal);
      expect(await size('quality=80', 'slow')).toBeLessThan(normal);
    }
  });

  it('as the best that the client takes, with format=auto', async () => {
    const formatFor = async (file: Buffer, client: typeof avifClient, query = '') =>
      (await renderFile(file, `format=auto&${query}`, { client })).format;
    const transparent = await sharp({ create: { width: 40, height: 40, channels: 4, background: '#f008' } })
      .png()
      .toBuffer();
    const frames = await Promise.all(
      ['#f00', '#0f0'].map((background) =>
        sharp({ create: { width: 9, height: 9, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const large = await sharp({ create: { width: 2000, height: 1100, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    expect(await formatFor(photo, avifClient)).toBe('avif');
    expect(await formatFor(photo, webpClient)).toBe('webp');
    expect(await formatFor(photo, oldClient)).toBe('jpeg');
    expect(await formatFor(transparent, avifClient)).toBe('avif');
    expect(await formatFor(transparent, oldClient)).toBe('png');
    expect(await formatFor(transparent, oldClient, 'background-color=white')).toBe('jpeg');
    expect(await formatFor(moving, avifClient)).toBe('webp');
    expect(await formatFor(moving, oldClient)).toBe('gif');
    expect(await formatFor(large, avifClient)).toBe('webp');
  });
});

describe('what an original says about people and places', () => {
  it.each(['', 'width=60', 'format=png', 'format=webp', 'format=avif', 'quality=100', 'strip=all'])(
    'is not in the picture: %s',
    async (query) => {
      expect(tagged.includes('Acme')).toBe(true);
      const { bytes } = await renderFile(tagged, query);
      expect((await headerOf(bytes)).exif).toBeUndefined();
      expect(Buffer.from(bytes).includes('Acme')).toBe(false);
    },
  );

  it('is in the description only as far as it is about the camera', async () => {
    const { bytes } = await renderFile(tagged, 'format=json');
    // Hashes are letters by chance: a thumbhash may well spell a word.
    const { hashes, ...told } = JSON.parse(Buffer.from(bytes).toString()) as PictureDescription;
    expect(hashes).toBeDefined();
    expect(told.original.exif).toEqual({
      make: 'Acme',
      model: 'One',
      lens: 'Prime',
      takenAt: '2026-05-01T12:30:00',
      exposureSeconds: 0.004,
      fNumber: 2.8,
      iso: 200,
      focalLengthMillimetres: 35,
    });
    expect(JSON.stringify(told)).not.toMatch(/somebody|gps|latitude/i);
  });
});

describe('an original that is not changed', () => {
  it('is never made larger: the same pixels without notes', async () => {
    for (const query of ['', 'quality=95', 'width=5000', 'format=auto']) {
      const { bytes, format } = await renderFile(small, query, { client: oldClient });
      expect(format).toBe('jpeg');
      expect(bytes.length).toBeLessThan(small.length);
      expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(small).raw().toBuffer());
      expect(Buffer.from(bytes).includes('Acme')).toBe(false);
    }
    const palette = await sharp(photo)
      .png({ palette: true, colours: 8 })
      .withExif({ IFD0: { Make: 'Acme' } })
      .toBuffer();
    const { bytes } = await renderFile(Buffer.concat([palette, Buffer.from('Acme')]), 'format=png');
    expect(bytes.length).toBeLessThan(palette.length);
    expect(Buffer.from(bytes).includes('Acme')).toBe(false);
    expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(palette).raw().toBuffer());
  });

  it('is encoded anew where that is smaller, or where something shows', async () => {
    const low = await renderFile(small, 'quality=10');
    expect(await sharp(low.bytes).raw().toBuffer()).not.toEqual(await sharp(small).raw().toBuffer());
    const grey = await renderFile(small, 'saturate=0');
    expect(grey.bytes.length).not.toBe((await renderFile(small, '')).bytes.length);
  });
});
