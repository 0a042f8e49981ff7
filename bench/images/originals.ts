import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderSamplePictures } from '@windlass/images/samples';
import sharp, { type Sharp } from 'sharp';

/** Names for the same bytes: more than requests in flight, so that nobody answers two of them with one render. */
export const copies = 16;

/** A 12 MP picture that compresses like a photograph: shapes, gradients, and noise as a sensor leaves it. */
const photograph = async (): Promise<Sharp> => {
  const [drawn] = await renderSamplePictures({ only: ['poppy-field.jpg'] });
  if (drawn === undefined) throw new Error('The drawing is missing');
  const size = { width: 4000, height: 3000 };
  const noise = await sharp({
    create: {
      ...size,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 26 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const enlarged = await sharp(drawn.bytes).resize(size).toBuffer();
  const raw = await sharp(enlarged)
    .composite([{ input: noise, blend: 'soft-light' }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(raw.data, { raw: raw.info });
};

/** Writes photo-0.jpg … and photo-0.png … into a folder and tells their sizes in bytes. */
export const writeOriginals = async (folder: string): Promise<{ jpg: number; png: number }> => {
  await mkdir(folder, { recursive: true });
  const picture = await photograph();
  const files = {
    jpg: await picture.clone().jpeg({ quality: 90 }).toBuffer(),
    png: await picture.clone().png({ compressionLevel: 6 }).toBuffer(),
  };
  for (const [extension, bytes] of Object.entries(files)) {
    const first = join(folder, `photo-0.${extension}`);
    await writeFile(first, bytes);
    for (let copy = 1; copy < copies; copy += 1)
      await link(first, join(folder, `photo-${copy}.${extension}`));
  }
  return { jpg: files.jpg.byteLength, png: files.png.byteLength };
};
