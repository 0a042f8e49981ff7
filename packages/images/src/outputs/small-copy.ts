import type { WorkingPicture } from '../operations/operation.ts';
import { resizeTo } from '../operations/resize.ts';
import { firstFrame, rawPixels, startFrom, type RawPicture } from '../operations/stages.ts';

/** Longest side: hashes and colours are about less detail than this shows. */
const copySide = 64;

/** A small still of the picture with red, green, blue and alpha, for what is computed and not shown. */
export const smallCopy = async (picture: WorkingPicture): Promise<RawPicture> => {
  const scale = Math.min(1, copySide / picture.width, copySide / picture.height);
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  const small = await firstFrame(await resizeTo(picture, size));
  const pixels = startFrom(await rawPixels(small), 1);
  return rawPixels({ ...pixels, image: pixels.image.toColourspace('srgb').ensureAlpha() });
};
