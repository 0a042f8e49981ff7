import sharp, { type Sharp } from 'sharp';
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
 * operations to use, so this runs a pipeline of its own: the whole picture is decoded.
 */
export const turn = async (opened: OpenedOriginal, orientation: number): Promise<OpenedOriginal> => {
  const turned = turns[orientation]?.(opened.image) ?? opened.image;
  const { data, info } = await turned.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const raw = {
    width,
    height,
    channels,
    ...(opened.frames > 1 ? { pageHeight: height / opened.frames } : {}),
  };
  return { ...opened, image: sharp(data, { raw, limitInputPixels: false }), rgbProfile: false };
};
