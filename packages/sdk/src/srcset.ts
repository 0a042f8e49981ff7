import { withKebabNames, type ImageParameters, type ParameterValue } from './parameters.ts';
import { sequence, type Range } from './sequence.ts';

/** A list gives its entries one by one; a range as many as there are candidates. */
export type Fluid = ParameterValue | readonly number[] | Range;
export type SrcsetParameters = Readonly<Record<string, Fluid>>;

export interface SrcsetCandidate {
  parameters: ImageParameters;
  /** `640w` or `2x`. */
  descriptor: string;
}

const defaultWidths: Range = { from: 100, to: 8192 };
const defaultCount = 16;
const defaultRatios = [1, 2, 3, 4, 5, 6];

const isList = (value: Fluid): value is readonly number[] => Array.isArray(value);
const isRange = (value: Fluid): value is Range =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
const isFluid = (value: Fluid): value is readonly number[] | Range => isList(value) || isRange(value);
/** An empty list says as little as nothing. */
const isGiven = (value: Fluid): boolean =>
  value !== undefined && value !== null && value !== '' && !(isList(value) && value.length === 0);

const valuesOf = (value: readonly number[] | Range, count: number): readonly number[] =>
  isRange(value) ? sequence(value, count) : value;

/** Pixel ratios are counted, not spread: a range from 1 to 3 is 1, 2, 3. */
const pixelRatios = (value: readonly number[] | Range): readonly number[] =>
  isRange(value)
    ? Array.from({ length: Math.max(0, value.to - value.from + 1) }, (_, step) => value.from + step)
    : value;

/** One set of parameters for each of `values` under `name`; other fluid parameters go along, and end empty where they are shorter. */
const zip = (given: Record<string, Fluid>, name: string, values: readonly number[]): ImageParameters[] =>
  values.map((value, index) => {
    const entries = Object.entries({ ...given, [name]: value }).map(
      ([key, each]): [string, ParameterValue] => [
        key,
        isFluid(each) ? valuesOf(each, values.length)[index] : each,
      ],
    );
    return Object.fromEntries(entries);
  });

/**
 * The candidates of a `srcset` as imglab's clients make them. A fluid width gives one candidate a width; a fixed side
 * gives one a pixel ratio, 1 to 6; with neither there are 16 widths from 100 to 8192.
 *
 * @throws TypeError where `dpr` is fluid beside a fluid width, or `height` is fluid without one
 */
export const srcsetCandidates = (given: SrcsetParameters): SrcsetCandidate[] => {
  const parameters = withKebabNames(given);
  const { width, height, dpr } = parameters;
  if (isFluid(width) && isGiven(width)) {
    if (isFluid(dpr)) throw new TypeError('dpr must be one number where width is fluid');
    const widths = valuesOf(width, defaultCount);
    return byWidth(zip(parameters, 'width', widths), widths);
  }
  if (isGiven(width) || isGiven(height)) {
    if (isFluid(height)) throw new TypeError('height must be one number where width is not fluid');
    const ratios = isFluid(dpr) && isGiven(dpr) ? pixelRatios(dpr) : defaultRatios;
    return zip(parameters, 'dpr', ratios).map((each, index) => ({
      parameters: each,
      descriptor: `${ratios[index]}x`,
    }));
  }
  const widths = sequence(defaultWidths, defaultCount);
  return byWidth(zip(parameters, 'width', widths), widths);
};

const byWidth = (sets: ImageParameters[], widths: readonly number[]): SrcsetCandidate[] =>
  sets.map((parameters, index) => ({ parameters, descriptor: `${widths[index]}w` }));
