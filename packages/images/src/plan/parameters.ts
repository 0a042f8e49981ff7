import { BadValue } from '../bad-value.ts';
import { parseColor, type Color } from './color.ts';
import { outputFormats } from './formats.ts';

export const modes = ['clip', 'crop', 'contain', 'force'] as const;
export type Mode = (typeof modes)[number];

/** Two whole numbers without a common divisor. */
export interface Ratio {
  width: number;
  height: number;
}

export interface ParameterLimits {
  /** Largest width or height that may be asked for. */
  maxSide: number;
}

interface Parameter<T> {
  /** Given text is never empty: empty means "not set", but where `keepsEmpty` says otherwise. */
  parse(name: string, text: string, limits: ParameterLimits): T;
  keepsEmpty?: true;
  /** For the table in the guide. */
  takes: string;
  unset: string;
  does: string;
}

const parameter = <T>(definition: Parameter<T>): Parameter<T> => definition;

const wholeNumber = (name: string, text: string, min: number, max: number): number => {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw new BadValue(name, `takes a whole number from ${min} to ${max}`);
  return value;
};

const oneOf = <T extends string>(name: string, text: string, set: readonly T[]): T => {
  const found = set.find((member) => member === text.toLowerCase());
  if (found === undefined) throw new BadValue(name, `takes one of ${set.join(', ')}`);
  return found;
};

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

const ratioParts = /^(\d{1,9}|\d{1,5}\.\d{1,4}):(\d{1,9}|\d{1,5}\.\d{1,4})$/;

const ratio = (name: string, text: string): Ratio => {
  const parts = ratioParts.exec(text);
  const [width = 0, height = 0] = (parts ?? []).slice(1).map((part) => Math.round(Number(part) * 10_000));
  if (width <= 0 || height <= 0) throw new BadValue(name, 'takes width:height, e.g. 16:9 or 1.85:1');
  const common = divisor(width, height);
  const reduced = { width: width / common, height: height / common };
  const steepness = width / height;
  if (Math.max(reduced.width, reduced.height) > 999_999_999 || steepness > 10_000 || steepness < 1e-4) {
    throw new BadValue(name, 'takes a ratio from 1:10000 to 10000:1');
  }
  return reduced;
};

const side = parameter<number>({
  parse: (name, text, limits) => wholeNumber(name, text, 1, limits.maxSide),
  takes: 'whole number, 1 to 8192',
  unset: "follows from the other and the picture's ratio",
  does: 'in pixels, before `dpr`',
});

/** Every parameter that means something here, as data. What is not in this table is ignored, as imglab's clients expect. */
export const parameters = {
  width: side,
  height: side,
  dpr: parameter<number>({
    parse: (name, text) => wholeNumber(name, text, 1, 8),
    takes: 'whole number, 1 to 8',
    unset: '1',
    does: 'multiplies `width` and `height`',
  }),
  mode: parameter<Mode>({
    parse: (name, text) => oneOf(name, text, modes),
    takes: modes.map((mode) => `\`${mode}\``).join(' '),
    unset: '`clip`',
    does: 'how the picture meets the box',
  }),
  'aspect-ratio': parameter<Ratio>({
    parse: ratio,
    takes: '`w:h`, decimals allowed',
    unset: "the picture's own",
    does: 'gives the missing side; with both, the box shrinks to the ratio; not with `clip`',
  }),
  format: parameter({
    parse: (name, text) => oneOf(name, text, outputFormats),
    takes: outputFormats.map((format) => `\`${format}\``).join(' '),
    unset: '`jpeg`',
    does: 'output format, whatever the original is',
  }),
  quality: parameter<number>({
    parse: (name, text) => wholeNumber(name, text, 0, 100),
    takes: 'whole number, 0 to 100',
    unset: '80',
    does: 'one scale for JPEG, WebP and AVIF: the same number looks alike',
  }),
  'background-color': parameter<Color>({
    parse: parseColor,
    takes: '`r,g,b`, `r,g,b,a`, a CSS name, hexadecimal without `#`',
    unset: 'white in JPEG, transparent elsewhere',
    does: 'what shows through transparency and beside a contained picture',
  }),
  expires: parameter<number>({
    parse: (name, text) => wholeNumber(name, text, 0, 99_999_999_999),
    takes: 'UNIX seconds',
    unset: 'never',
    does: 'on a secured source: 403 from then on',
  }),
  download: parameter<string>({
    // Control characters and slashes never belong in a file name.
    parse: (_name, text) =>
      text
        .replaceAll(/[\p{Cc}\\/]+/gu, '-')
        .slice(0, 200)
        .toWellFormed(),
    keepsEmpty: true,
    takes: 'file name, or empty for the path’s last part',
    unset: 'shown in place',
    does: 'the browser saves instead of showing',
  }),
};

export type ParameterName = keyof typeof parameters;
export type ParameterValues = {
  [Name in ParameterName]?: ReturnType<(typeof parameters)[Name]['parse']>;
};
