import type { PictureValues } from '../parameters/parameters.ts';
import type { Ratio } from '../parameters/ratio.ts';
import type { Mode } from '../parameters/size.ts';

/** How the picture meets the box, all sizes in output pixels, after `dpr`. */
export type Fit =
  /** Inside the sides that are given, ratio kept. With `face` the area of the faces is what goes in, and two sides are a whole box. */
  | { mode: 'clip' | 'face'; width: number | null; height: number | null; upscale: boolean }
  /** This box: cut to fill it, padded to fill it, or stretched to it. */
  | { mode: 'crop' | 'contain' | 'force'; width: number; height: number; upscale: boolean }
  /** The largest box of this ratio inside the picture (inside the area of the faces with `face`). */
  | { mode: 'crop' | 'contain' | 'face' | 'force'; ratio: Ratio };

/** A box beyond the limit shrinks to it and keeps its ratio: a srcset's largest entries then still show. */
const within = (width: number, height: number, maxSide: number): { width: number; height: number } => {
  const scale = Math.min(1, maxSide / width, maxSide / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** The same for every mode; only the types of the two kinds differ. */
const boxed = (mode: Mode, box: { width: number; height: number }, upscale: boolean): Fit =>
  mode === 'clip' || mode === 'face' ? { mode, ...box, upscale } : { mode, ...box, upscale };

/** The fit that parameters ask for. Without a whole box there is nothing to fill, and all modes but `face` are `clip`. */
export const fitOf = (values: PictureValues, maxSide: number): Fit => {
  const mode = values.mode ?? 'clip';
  const dpr = values.dpr ?? 1;
  const upscale = values.upscale ?? false;
  const width = values.width === undefined ? null : values.width * dpr;
  const height = values.height === undefined ? null : values.height * dpr;
  const ratio = values['aspect-ratio'];
  const inside = mode === 'face' ? 'face' : 'clip';
  if (mode === 'clip' || ratio === undefined) {
    if (width === null || height === null) {
      const cap = (side: number | null): number | null => (side === null ? null : Math.min(side, maxSide));
      const sides = { width: cap(width), height: cap(height) };
      return { mode: inside, ...sides, upscale: upscale && (width !== null || height !== null) };
    }
    return boxed(mode, within(width, height, maxSide), upscale);
  }
  if (width === null && height === null) return { mode, ratio };
  const widthForHeight = ((height ?? Infinity) * ratio.width) / ratio.height;
  const boxWidth = Math.min(width ?? Infinity, widthForHeight);
  const boxHeight = Math.min(height ?? Infinity, (boxWidth * ratio.height) / ratio.width);
  return boxed(mode, within(boxWidth, boxHeight, maxSide), upscale);
};

/** The parameters of a fit: parsed again they give this fit. */
export const fitValues = (
  fit: Fit,
): Pick<PictureValues, 'mode' | 'width' | 'height' | 'aspect-ratio' | 'upscale'> => {
  if ('ratio' in fit) return { mode: fit.mode, 'aspect-ratio': fit.ratio };
  return {
    ...(fit.mode === 'clip' ? {} : { mode: fit.mode }),
    ...(fit.width === null ? {} : { width: fit.width }),
    ...(fit.height === null ? {} : { height: fit.height }),
    ...(fit.upscale ? { upscale: true } : {}),
  };
};
