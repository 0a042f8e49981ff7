import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { OpenedOriginal } from './opened-original.ts';

/** What makes a picture upright that was stored with an orientation (EXIF 2.32, 4.6.4, tag 0x0112). */
const turns: Record<number, (image: Sharp) => Sharp> = {
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  // sharp mirrors before it turns.
  5: (image) => image.rotate(270).flop(),
  6: (image) => image.rotate(90),
  7: (image) => image.rotate(90).flop(),
  8: (image) => image.rotate(270),
};

/**
 * Turns a picture by another orientation than its own. sharp has no option for that, and its steps for turning are for
 * operations to use, so this runs a pipeline of its own: the whole picture is decoded. An animation is turned frame by
 * frame, because sharp turns none; a still picture on the way, so that no more than two copies of it are ever held.
 */
export const turn = async (opened: OpenedOriginal, orientation: number): Promise<OpenedOriginal> => {
  const make = turns[orientation] ?? ((image: Sharp) => image);
  const inSrgb =
    opened.inDisplayP3 === true ? opened.image.withIccProfile('srgb', { attach: false }) : opened.image;
  const { width, height, frames: count } = opened;
  const decoded = count === 1 ? make(inSrgb) : inSrgb;
  const { data, info } = await decoded.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { channels } = info;
  const raw = { width, height: height * count, channels, ...(count > 1 ? { pageHeight: height } : {}) };
  const pixels = count === 1 ? data : await turnFrames(data, info, count, make);
  const image = sharp(pixels, { raw, animated: count > 1, limitInputPixels: false });
  return { ...opened, image, rgbProfile: false, inDisplayP3: false };
};

/** Frames one below the other, each turned by itself. */
const turnFrames = async (
  data: Buffer,
  { width, height, channels }: OutputInfo,
  count: number,
  make: (image: Sharp) => Sharp,
): Promise<Buffer> => {
  const raw = { width, height: height / count, channels };
  const frameBytes = data.length / count;
  const frames = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const frame = data.subarray(index * frameBytes, (index + 1) * frameBytes);
      return make(sharp(frame, { raw, limitInputPixels: false }))
        .raw()
        .toBuffer();
    }),
  );
  return Buffer.concat(frames);
};
