import type { Color } from '../parameters/color.ts';

export interface SharpColor {
  r: number;
  g: number;
  b: number;
  /** 0 to 1. */
  alpha: number;
}

export const sharpColor = (color: Color): SharpColor => ({
  r: color.red,
  g: color.green,
  b: color.blue,
  alpha: color.alpha / 255,
});

export const transparent: SharpColor = { r: 0, g: 0, b: 0, alpha: 0 };

/**
 * A colour as it shows in front of an opaque one.
 *
 * @example inFrontOf({ red: 0, green: 0, blue: 0, alpha: 128 }, white) // { red: 127, green: 127, blue: 127, alpha: 255 }
 */
export const inFrontOf = (color: Color, behind: Color): Color => {
  const mix = (front: number, back: number): number =>
    Math.round(back + ((front - back) * color.alpha) / 255);
  return {
    red: mix(color.red, behind.red),
    green: mix(color.green, behind.green),
    blue: mix(color.blue, behind.blue),
    alpha: 255,
  };
};

/** The same in every RGB colour space: such a colour needs no conversion. */
export const isGrey = ({ red, green, blue, alpha }: Color): boolean =>
  alpha === 0 || (red === green && green === blue);
