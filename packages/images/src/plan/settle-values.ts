import { overWhite, type Color } from '../parameters/color.ts';
import {
  pictureParameters,
  pictureParameterNames,
  printValue,
  type PictureParameterName,
  type PictureValues,
} from '../parameters/parameters.ts';
import { fitValues, type Fit } from './fit.ts';
import { formatFacts, type OutputFormat, type RequestedFormat } from './formats.ts';
import { dropIdle } from './drop-idle.ts';
import { parameterDefaults, valueOr, type DefaultedName } from './parameter-defaults.ts';

/** Measured in pixels or points of the result: `dpr` multiplies them like the sides. */
const scaledByDpr = [
  'blur',
  'compose-padding',
  'compose-padding-top',
  'compose-padding-right',
  'compose-padding-bottom',
  'compose-padding-left',
  'text-width',
  'text-height',
  'text-size',
  'text-padding',
  'text-x',
  'text-y',
] as const satisfies readonly PictureParameterName[];

/** Never beyond what the parameter takes, so that the result is a value that could have been asked for. */
const scaled = (values: PictureValues): PictureValues => {
  const dpr = values.dpr ?? 1;
  if (dpr === 1) return values;
  // Letters of the usual size grow too.
  const texts = values.text === undefined ? {} : { 'text-size': valueOr(values, 'text-size') };
  const all: PictureValues = { ...texts, ...values };
  for (const name of scaledByDpr) {
    const value = all[name];
    const { control } = pictureParameters[name];
    if (value === undefined || control.kind !== 'number') continue;
    // A parameter takes four decimals, and a product may come out with more.
    const times = Number((value * dpr).toFixed(4));
    all[name] = Math.min(control.max, Math.max(control.min, times));
  }
  return all;
};

const edges = ['top', 'right', 'bottom', 'left'] as const;

/** Values that stand for others give way to them. */
const spelledOut = (values: PictureValues): PictureValues => {
  const all: PictureValues = { ...values };
  for (const edge of edges) {
    const name = `compose-padding-${edge}` as const;
    const padding = all[name] ?? all['compose-padding'];
    if (padding !== undefined) all[name] = padding;
  }
  delete all['compose-padding'];
  if (all.trim === 'color' && all['trim-color'] === undefined) all.trim = 'auto';
  if (all['watermark-repeat'] === true) all['watermark-position'] ??= { horizontal: 'left', vertical: 'top' };
  // Nothing shows through what is not there, whatever its colour.
  if (all['contain-color']?.alpha === 0) delete all['contain-color'];
  if (all.quality === 0) all.quality = 1;
  return all;
};

const white: Color = { red: 255, green: 255, blue: 255, alpha: 255 };

/** Null: transparency stays. Always opaque where the format knows no transparency. */
export const backgroundOf = (values: PictureValues, format: RequestedFormat): Color | null => {
  const color = values['background-color'] ?? null;
  if (format === 'auto' || formatFacts[format satisfies OutputFormat].alpha) return color;
  return overWhite(color ?? white);
};

const defaultsPrinted: ReadonlyMap<string, string> = new Map(
  pictureParameterNames.flatMap((name) =>
    // `in` has told that the name is one of those with a default.
    name in parameterDefaults ? [[name, printValue(name, parameterDefaults[name as DefaultedName])]] : [],
  ),
);

const whitePrinted = printValue('background-color', white);

const settleBackground = (values: PictureValues, format: RequestedFormat): void => {
  const background = backgroundOf(values, format);
  const usual = format !== 'auto' && !formatFacts[format].alpha ? whitePrinted : undefined;
  if (background === null || printValue('background-color', background) === usual)
    delete values['background-color'];
  else values['background-color'] = background;
};

const dropDefaults = (values: PictureValues): void => {
  // Object.keys knows only strings; the values were parsed by these names.
  for (const name of Object.keys(values) as PictureParameterName[]) {
    // A tiled watermark has another default than a single one, so its position is always told.
    if (name === 'watermark-position' && values['watermark-repeat'] === true) continue;
    const value = values[name];
    if (value !== undefined && printValue(name, value) === defaultsPrinted.get(name)) delete values[name];
  }
};

/**
 * The least that says the same: `dpr` multiplied in, what stands for others spelled out, without values that are the
 * default or that have no effect beside the others. Equal for every spelling of one picture.
 */
export const settleValues = (parsed: PictureValues, fit: Fit): PictureValues => {
  const format = valueOr(parsed, 'format');
  const values = spelledOut(scaled(parsed));
  for (const name of ['dpr', 'width', 'height', 'mode', 'aspect-ratio', 'upscale'] as const)
    delete values[name];
  Object.assign(values, fitValues(fit));
  settleBackground(values, format);
  dropDefaults(values);
  dropIdle(values, format);
  return values;
};
