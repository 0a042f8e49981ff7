import { BadValue } from '../bad-value.ts';
import { namedColors } from './named-colors.ts';
import type { Parameter, ParameterWords } from './parameter.ts';

/** Each channel 0 to 255, alpha too. */
export interface Color {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

const fromNumber = (rgb: number): Color => ({
  red: rgb >> 16,
  green: (rgb >> 8) & 0xff,
  blue: rgb & 0xff,
  alpha: 255,
});

const fromHex = (text: string): Color => {
  const full = text.length <= 4 ? text.replace(/./g, '$&$&') : text;
  const color = fromNumber(parseInt(full.slice(0, 6), 16));
  return full.length === 8 ? { ...color, alpha: parseInt(full.slice(6), 16) } : color;
};

/** Takes `r,g,b`, `r,g,b,a` (0 to 255, alpha too), a CSS colour name, or 3, 4, 6 or 8 hexadecimal digits without `#`. */
export const parseColor = (name: string, text: string): Color => {
  if (/^\d{1,3}(,\d{1,3}){2,3}$/.test(text)) {
    const [red = 0, green = 0, blue = 0, alpha = 255] = text.split(',').map(Number);
    if (Math.max(red, green, blue, alpha) <= 255) return { red, green, blue, alpha };
  }
  if (/^([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text)) return fromHex(text);
  const lower = text.toLowerCase();
  const named = Object.hasOwn(namedColors, lower) ? namedColors[lower] : undefined;
  if (named !== undefined) return fromNumber(named);
  throw new BadValue(name, 'takes r,g,b or r,g,b,a (0 to 255), a CSS colour name, or hexadecimal digits');
};

/** The colour as it shows in front of white. */
export const overWhite = (color: Color): Color => {
  const mix = (channel: number): number => Math.round(255 + ((channel - 255) * color.alpha) / 255);
  return { red: mix(color.red), green: mix(color.green), blue: mix(color.blue), alpha: 255 };
};

export const colorText = (color: Color): string =>
  [color.red, color.green, color.blue, ...(color.alpha === 255 ? [] : [color.alpha])].join(',');

/** A parameter that takes a colour. */
export const color = (about: ParameterWords): Parameter<Color> => ({
  control: { kind: 'color' },
  parse: parseColor,
  print: colorText,
  takes: 'colour: `r,g,b`, `r,g,b,a`, a CSS name, or hexadecimal without `#`',
  ...about,
});
