import type { Fit } from './plan.ts';

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

/** Output size for an upright original; no side beyond `maxSide`, no more than `maxPixels` in all. */
export const outputSize = (
  original: Size,
  fit: Fit,
  limits: { maxSide: number; maxPixels: number },
): Size => {
  const wanted = ((): Size => {
    if ('ratio' in fit) {
      const width = Math.min(original.width, (original.height * fit.ratio.width) / fit.ratio.height);
      return { width, height: (width * fit.ratio.height) / fit.ratio.width };
    }
    if (fit.mode !== 'clip') return fit;
    const byWidth = (fit.width ?? Infinity) / original.width;
    const byHeight = (fit.height ?? Infinity) / original.height;
    return scaled(original, Math.min(1, byWidth, byHeight));
  })();
  const bySide = Math.min(1, limits.maxSide / wanted.width, limits.maxSide / wanted.height);
  const byArea = Math.min(1, Math.sqrt(limits.maxPixels / (wanted.width * wanted.height)));
  const size = scaled(wanted, Math.min(bySide, byArea));
  // Rounding up at the very edge of the area limit would step over it.
  return byArea < bySide
    ? whole({ width: Math.floor(size.width), height: Math.floor(size.height) })
    : whole(size);
};
