import type { Plan } from '../plan/plan.ts';
import type { Size } from '../plan/geometry.ts';

const wantedScale = (natural: Size, { fit, values }: Plan): number => {
  // They count pixels of the original, as its natural size has them.
  if (values.region !== undefined || values.trim !== undefined) return 1;
  if ('ratio' in fit || fit.mode === 'face') return 1;
  const scales = [
    ...(fit.width === null ? [] : [fit.width / natural.width]),
    ...(fit.height === null ? [] : [fit.height / natural.height]),
  ];
  if (scales.length === 0) return 1;
  return fit.mode === 'crop' || fit.mode === 'force' ? Math.max(...scales) : Math.min(...scales);
};

/**
 * How much larger than its natural size a drawing is rasterised, so that it is drawn at the size that is asked for and
 * never enlarged as pixels. A drawing has no size that it must not go beyond: `upscale` means nothing here.
 *
 * @example vectorScale({ width: 24, height: 24 }, parsePlan('width=300'), limits) // 12.5
 */
export const vectorScale = (
  natural: Size,
  plan: Plan,
  limits: { maxInputPixels: number; maxOutputSide: number },
): number => {
  const { width, height } = natural;
  const bySide = limits.maxOutputSide / Math.max(width, height);
  const byArea = Math.sqrt(limits.maxInputPixels / (width * height));
  return Math.max(1 / Math.min(width, height), Math.min(wantedScale(natural, plan), bySide, byArea));
};
