import sharp, { type Sharp } from 'sharp';
import { makeHeic } from '../../../packages/images/src/inputs/testing/make-heic.ts';
import { makePdf } from '../../../packages/images/src/inputs/testing/make-pdf.ts';
import { lacks } from '../../support/test-skip.ts';

/** 240 by 160 with grain, so that a file of it has something to lose. */
export const plain = (): Sharp =>
  sharp({
    create: {
      width: 240,
      height: 160,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

export const drawing = (inside: string, attributes = 'width="240" height="160"'): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

/** One of every format that is read, by extension; HEIC only where its encoder is there. */
export const drawWholePictures = async (): Promise<Record<string, Buffer>> => ({
  jpg: await plain().jpeg().toBuffer(),
  png: await plain().png().toBuffer(),
  webp: await plain().webp().toBuffer(),
  avif: await plain().avif({ effort: 0 }).toBuffer(),
  gif: await plain().gif({ effort: 1 }).toBuffer(),
  tiff: await plain().tiff().toBuffer(),
  svg: drawing('<rect width="120" height="160" fill="#00f"/><circle cx="60" cy="60" r="50"/>'),
  pdf: makePdf(['1 0 0 rg 0 0 100 100 re f']),
  ...(lacks('heif-enc') ? {} : { heic: await makeHeic(await plain().png().toBuffer(), 'png') }),
});
