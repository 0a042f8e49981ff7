import { fileURLToPath } from 'node:url';
import type { ColorTransform } from '../../parameters/output.ts';
import type { ColorSpace } from './matrix-profile.ts';

/** IEC 61966-2-1, 5.2: the value of light for a value of a channel, both 0 to 1. */
const srgbCurve = (value: number): number =>
  value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

const sampled = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => srgbCurve(index / (count - 1)));

/** CIE standard illuminant D65. */
const white = [0.3127, 0.329] as const;

/** ITU-R BT.709, which IEC 61966-2-1 takes over. */
const srgbPrimaries = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white } as const;

/** What `color-transform` converts to. The files beside this one are made of it by `matrixProfile`. */
export const colorSpaces = {
  srgb: { description: 'sRGB', ...srgbPrimaries, curve: { samples: sampled(1024) } },
  // As few samples as a curve takes whose error stays below one step of eight bits.
  tinysrgb: { description: 'sRGB', ...srgbPrimaries, curve: { samples: sampled(48) } },
  // Adobe RGB (1998) Color Image Encoding, 2005-05, 4.3.4: the exponent is 2 51/256.
  adobe: {
    description: 'Compatible with Adobe RGB (1998)',
    red: [0.64, 0.33],
    green: [0.21, 0.71],
    blue: [0.15, 0.06],
    white,
    curve: { gamma: 563 / 256 },
  },
} as const satisfies Record<ColorTransform, ColorSpace>;

/** sharp reads a profile from a file. */
export const profilePath = (name: ColorTransform): string =>
  fileURLToPath(new URL(`./${name}.icc`, import.meta.url));
