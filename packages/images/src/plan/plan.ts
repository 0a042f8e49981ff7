import { parseQuery } from '../url/query.ts';
import { colorText, overWhite, type Color } from './color.ts';
import { formatFacts, type OutputFormat } from './formats.ts';
import { parameters, type ParameterValues, type Ratio } from './parameters.ts';

/** How the picture meets the box, all sizes in output pixels. */
export type Fit =
  /** Inside the sides that are given, ratio kept, never enlarged. */
  | { mode: 'clip'; width: number | null; height: number | null }
  /** Exactly this size: cut to fill it, padded to fill it, or stretched to it. */
  | { mode: 'crop' | 'contain' | 'force'; width: number; height: number }
  /** The largest box of this ratio inside the original. */
  | { mode: 'crop' | 'contain' | 'force'; ratio: Ratio };

/** What to make of an original, and how to hand it over. Two URLs for the same picture have equal `canonicalPlan`s. */
export interface Plan {
  fit: Fit;
  format: OutputFormat;
  /** 1 to 100 on the common scale; null where the format has none. */
  quality: number | null;
  /** Null: transparency stays. Always opaque where the format knows no transparency. */
  background: Color | null;
  /** UNIX seconds. Not part of the picture. */
  expires: number | null;
  /** Null: show in place. Empty: save under the path's last part. Not part of the picture. */
  download: string | null;
}

export interface PlanLimits {
  /** Largest side that may be asked for, in pixels. */
  maxSide: number;
}

const defaultLimits: PlanLimits = { maxSide: 8192 };
const defaultQuality = 80;

/** A box beyond the limit shrinks to it and keeps its ratio: a srcset's largest entries then still show. */
const within = (width: number, height: number, maxSide: number): { width: number; height: number } => {
  const scale = Math.min(1, maxSide / width, maxSide / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

const parseFit = (values: ParameterValues, maxSide: number): Fit => {
  const mode = values.mode ?? 'clip';
  const dpr = values.dpr ?? 1;
  const width = values.width === undefined ? null : values.width * dpr;
  const height = values.height === undefined ? null : values.height * dpr;
  const ratio = values['aspect-ratio'];
  if (mode === 'clip' || (ratio === undefined && (width === null || height === null))) {
    // Without a full box there is nothing to fill, so the other modes do what clip does. A picture that is not
    // enlarged cannot tell a box beyond the limit from one at the limit.
    const cap = (side: number | null): number | null => (side === null ? null : Math.min(side, maxSide));
    if (width === null || height === null) return { mode: 'clip', width: cap(width), height: cap(height) };
    return { mode: 'clip', ...within(width, height, maxSide) };
  }
  if (ratio === undefined) return { mode, ...within(width ?? 1, height ?? 1, maxSide) };
  if (width === null && height === null) return { mode, ratio };
  const widthForHeight = ((height ?? Infinity) * ratio.width) / ratio.height;
  const boxWidth = Math.min(width ?? Infinity, widthForHeight);
  const boxHeight = Math.min(height ?? Infinity, (boxWidth * ratio.height) / ratio.width);
  return { mode, ...within(boxWidth, boxHeight, maxSide) };
};

const parseValues = (
  request: Map<string, string>,
  defaults: Map<string, string>,
  limits: PlanLimits,
): ParameterValues => {
  const values: Record<string, unknown> = {};
  for (const [name, { parse, keepsEmpty }] of Object.entries(parameters)) {
    const set = (text: string | undefined): text is string =>
      text !== undefined && (text !== '' || keepsEmpty === true);
    const text = [request.get(name), defaults.get(name)].find(set);
    if (text !== undefined) values[name] = parse(name, text, limits);
  }
  // Each value came from the parser of its own name, which Object.entries cannot tell.
  return values;
};

/**
 * Turns a raw query into a plan. A parameter that is missing or empty falls back to `defaults`, the source's own
 * query, and then to imglab's default. Unknown names are ignored.
 *
 * @throws BadValue for a malformed query and for a known name with a value that it does not take.
 * @example parsePlan('width=600&format=webp').fit // { mode: 'clip', width: 600, height: null }
 */
export const parsePlan = (rawQuery: string, defaults = '', limits: PlanLimits = defaultLimits): Plan => {
  const values = parseValues(parseQuery(rawQuery), parseQuery(defaults), limits);
  const format = values.format ?? 'jpeg';
  const facts = formatFacts[format];
  const color = values['background-color'] ?? null;
  const white: Color = { red: 255, green: 255, blue: 255, alpha: 255 };
  return {
    fit: parseFit(values, Math.min(limits.maxSide, facts.maxSide)),
    format,
    quality: facts.quality ? Math.max(1, values.quality ?? defaultQuality) : null,
    background: facts.alpha ? color : overWhite(color ?? white),
    expires: values.expires ?? null,
    download: values.download ?? null,
  };
};

const fitParameters = (fit: Fit): [string, string][] => {
  if ('ratio' in fit)
    return [
      ['mode', fit.mode],
      ['aspect-ratio', `${fit.ratio.width}:${fit.ratio.height}`],
    ];
  const sides: [string, string][] = [];
  if (fit.width !== null) sides.push(['width', String(fit.width)]);
  if (fit.height !== null) sides.push(['height', String(fit.height)]);
  return [['mode', fit.mode], ...sides];
};

/**
 * The picture part of a plan as one stable query string: equal for every spelling of the same picture, and itself a
 * query that parses to the same plan.
 */
export const canonicalPlan = (plan: Plan): string =>
  [
    ['format', plan.format],
    ...(plan.quality === null ? [] : [['quality', String(plan.quality)]]),
    ...fitParameters(plan.fit),
    ...(plan.background === null ? [] : [['background-color', colorText(plan.background)]]),
  ]
    .map((pair) => pair.join('='))
    .join('&');
