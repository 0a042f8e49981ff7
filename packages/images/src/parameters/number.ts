import { BadValue } from '../bad-value.ts';
import type { Parameter, ParameterControl, ParameterWords } from './parameter.ts';

/** Both ends are taken. */
export interface NumberRange {
  min: number;
  max: number;
  unit?: Extract<ParameterControl, { kind: 'number' }>['unit'];
}

const words = ({ min, max, unit }: NumberRange): string =>
  `${min} to ${max}${unit === undefined ? '' : ` ${unit}`}`;

/** Reads digits only: no sign but a minus where the range has room for one, no exponent, no blanks. */
export const parseWholeNumber = (name: string, text: string, range: NumberRange): number => {
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.min && value <= range.max)) {
    throw new BadValue(name, `takes a whole number from ${words(range)}`);
  }
  // A minus zero would print like zero and not equal it.
  return value === 0 ? 0 : value;
};

const parseDecimal = (name: string, text: string, range: NumberRange): number => {
  const value = /^-?\d{1,6}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.min && value <= range.max)) {
    throw new BadValue(name, `takes a number from ${words(range)}`);
  }
  return value === 0 ? 0 : value;
};

const unitOf = ({ unit }: NumberRange) => (unit === undefined ? {} : { unit });

/** A parameter that takes a whole number of a range. */
export const wholeNumber = (range: NumberRange, about: ParameterWords): Parameter<number> => ({
  control: { kind: 'number', min: range.min, max: range.max, step: 1, whole: true, ...unitOf(range) },
  parse: (name, text) => parseWholeNumber(name, text, range),
  print: String,
  takes: `whole number, ${words(range)}`,
  ...about,
});

/** A parameter that takes a number with up to four decimals. */
export const decimalNumber = (
  range: NumberRange & { step: number },
  about: ParameterWords,
): Parameter<number> => ({
  control: {
    kind: 'number',
    min: range.min,
    max: range.max,
    step: range.step,
    whole: false,
    ...unitOf(range),
  },
  parse: (name, text) => parseDecimal(name, text, range),
  print: String,
  takes: `number, ${words(range)}`,
  ...about,
});

/** A parameter that takes an angle, clockwise; one turn less or more is the same angle. */
export const angle = (about: ParameterWords): Parameter<number> => {
  const range = { min: -360, max: 360, step: 1, unit: '°' } as const;
  const number = decimalNumber(range, about);
  return {
    ...number,
    // Four decimals at most came in, and a sum of such may show more.
    parse: (name, text) => Number(((parseDecimal(name, text, range) + 360) % 360).toFixed(4)),
    takes: 'degrees, -360 to 360',
  };
};
