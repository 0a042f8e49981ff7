import type { PictureParameterName, PictureValues } from '../parameters/parameters.ts';

/**
 * What a parameter is when nothing sets it, where that is a value. imglab documents most of them; the positions, the
 * text's looks and the components of a blurhash are ours.
 */
export const parameterDefaults = {
  upscale: false,
  'trim-level': 80,
  crop: { horizontal: 'center', vertical: 'middle' },
  'face-padding': 1,
  hue: 0,
  saturate: 100,
  invert: false,
  sepia: 0,
  blur: 0,
  contain: 'color',
  'contain-color': { red: 0, green: 0, blue: 0, alpha: 0 },
  'compose-scale': 0,
  'compose-padding': 0,
  'compose-padding-top': 0,
  'compose-padding-right': 0,
  'compose-padding-bottom': 0,
  'compose-padding-left': 0,
  'watermark-position': { horizontal: 'center', vertical: 'middle' },
  'watermark-repeat': false,
  'watermark-scale': 0,
  'watermark-alpha': 100,
  'watermark-rotate': 0,
  'text-width': 0,
  'text-height': 0,
  'text-size': 40,
  'text-break': true,
  'text-padding': 0,
  'text-color': { red: 0, green: 0, blue: 0, alpha: 255 },
  'text-weight': 400,
  'text-x': 0,
  'text-y': 0,
  format: 'jpeg',
  quality: 80,
  subsample: '420',
  interlace: false,
  quantise: false,
  lossless: false,
  blurhash: { x: 4, y: 3 },
  strip: 'metadata',
} as const satisfies PictureValues;

export type DefaultedName = keyof typeof parameterDefaults;

/** The value of a parameter, or what it is when nothing sets it. */
export const valueOr = <Name extends DefaultedName & PictureParameterName>(
  values: PictureValues,
  name: Name,
): NonNullable<PictureValues[Name]> => {
  const value: PictureValues[Name] = values[name];
  return value ?? parameterDefaults[name];
};
