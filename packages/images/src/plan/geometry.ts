import type { Rectangle } from '../parameters/region.ts';
import type { Fit } from './fit.ts';
import type { Plan } from './plan.ts';

export interface Size {
  width: number;
  height: number;
}

const whole = (size: Size): Size => ({
  width: Math.max(1, Math.round(size.width)),
  height: Math.max(1, Math.round(size.height)),
});

const scaled = (size: Size, scale: number): Size => ({
  width: size.width * scale,
  height: size.height * scale,
});

/** The size of a picture when an EXIF orientation (1 to 8) is applied: from 5 on it lies on its side. */
export const uprightSize = ({ width, height }: Size, orientation: number): Size =>
  orientation >= 5 ? { width: height, height: width } : { width, height };

/** The part of a region that lies on the picture; null where none does. */
export const clampRegion = (region: Rectangle, picture: Size): Rectangle | null => {
  const width = Math.min(region.width, picture.width - region.x);
  const height = Math.min(region.height, picture.height - region.y);
  return width > 0 && height > 0 ? { x: region.x, y: region.y, width, height } : null;
};

/** How much a picture may be scaled to lie inside the sides that are given. */
const scaleInside = (
  picture: Size,
  sides: { width: number | null; height: number | null },
  upscale: boolean,
): number => {
  const scale = Math.min(
    (sides.width ?? Infinity) / picture.width,
    (sides.height ?? Infinity) / picture.height,
  );
  return scale === Infinity || (scale > 1 && !upscale) ? 1 : scale;
};

const wantedSize = (picture: Size, fit: Fit): Size => {
  if ('ratio' in fit) {
    const width = Math.min(picture.width, (picture.height * fit.ratio.width) / fit.ratio.height);
    return { width, height: (width * fit.ratio.height) / fit.ratio.width };
  }
  const { mode, width, height, upscale } = fit;
  if (mode === 'clip' || width === null || height === null) {
    return scaled(picture, scaleInside(picture, { width, height }, upscale));
  }
  // A contained picture is not enlarged either, but the box around it can be as large as it likes.
  if (mode === 'contain' || upscale) return { width, height };
  // A box that the picture does not fill shrinks and keeps its ratio: in a page it looks the same, with fewer bytes.
  return scaled({ width, height }, Math.min(1, picture.width / width, picture.height / height));
};

/**
 * Size of the result, for the picture as it is after orientation, region and trim (and for the area of the faces with
 * `mode=face`). No side is beyond `maxSide` and no more than `maxPixels` in all.
 */
export const outputSize = (picture: Size, fit: Fit, limits: { maxSide: number; maxPixels: number }): Size => {
  const wanted = wantedSize(picture, fit);
  const bySide = Math.min(1, limits.maxSide / wanted.width, limits.maxSide / wanted.height);
  const byArea = Math.min(1, Math.sqrt(limits.maxPixels / (wanted.width * wanted.height)));
  const size = scaled(wanted, Math.min(bySide, byArea));
  // Rounding up at the very edge of the area limit would step over it.
  return byArea < bySide
    ? whole({ width: Math.floor(size.width), height: Math.floor(size.height) })
    : whole(size);
};

/**
 * Size of the result as far as the header of an original tells: upright, cut to its region, brought to its fit. What
 * only pixels show (`trim`, faces) is left out: it makes no result larger than this, but for `upscale`.
 */
export const predictedSize = (
  original: Size & { orientation: number },
  { values, fit }: Pick<Plan, 'values' | 'fit'>,
  limits: { maxSide: number; maxPixels: number },
): Size => {
  const upright = uprightSize(original, values.orientation ?? original.orientation);
  const cut = values.region === undefined ? upright : (clampRegion(values.region, upright) ?? upright);
  return outputSize(cut, fit, limits);
};
