/** A colour as three channels of 0 to 255. */
type Rgb = readonly [red: number, green: number, blue: number];

/** What a page paints with on one ground. */
export interface Accent {
  /** For text, links, borders and buttons: at least 4.5 to 1 against the ground. */
  accent: string;
  /** Black or white, whichever reads better on `accent`. */
  onAccent: string;
}

/** Contrast that WCAG 2.2 asks of text (1.4.3). */
const textContrast = 4.5;
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};
const format = (color: Rgb): string =>
  `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** WCAG 2.2, "relative luminance": 0 for black, 1 for white. */
const luminance = (color: Rgb): number => {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number]; // map keeps the length, which its type does not say
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const ratio = (one: Rgb, other: Rgb): number => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/**
 * Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2).
 *
 * @example contrast('#ffffff', '#000000') // 21
 */
export const contrast = (one: string, other: string): number => ratio(parse(one), parse(other));

const mix = (color: Rgb, towards: Rgb, share: number): Rgb =>
  color.map((channel, index) => Math.round(channel + ((towards[index] ?? 0) - channel) * share)) as [
    number,
    number,
    number,
  ]; // as above

/**
 * A lab's colour as it can be used on a ground: darkened on a light one and lightened on a dark one, no more than it takes
 * to be read.
 *
 * @example accentOn('#ffd400', '#ffffff').accent // '#856e00': yellow text on white cannot be read
 */
export const accentOn = (color: string, ground: string): Accent => {
  const own = parse(color);
  const base = parse(ground);
  const towards = luminance(base) > 0.18 ? black : white;
  for (let step = 0; step <= 50; step += 1) {
    const tried = mix(own, towards, step / 50);
    if (ratio(tried, base) < textContrast) continue;
    return {
      accent: format(tried),
      onAccent: ratio(tried, white) >= ratio(tried, black) ? '#ffffff' : '#000000',
    };
  }
  return { accent: format(towards), onAccent: towards === black ? '#ffffff' : '#000000' };
};
