import type { Color } from '../parameters/color.ts';
import { overlayNames, type OverlayName } from '../parameters/overlay.ts';
import type { ParameterLimits } from '../parameters/parameter.ts';
import {
  parameters,
  type ParameterName,
  type ParameterValues,
  type PictureValues,
} from '../parameters/parameters.ts';
import { acceptsOf, type Accepts, type ClientFacts } from './accepts.ts';
import { requireAllowedSizes } from './allowed-sizes.ts';
import { fitOf, type Fit } from './fit.ts';
import { formatFacts, type RequestedFormat } from './formats.ts';
import { givenParameters, type Given } from './given-parameters.ts';
import { valueOr } from './parameter-defaults.ts';
import { defaultPlanSettings, type PlanSettings } from './plan-settings.ts';
import { backgroundOf, settleValues } from './settle-values.ts';

export { overlayNames, type OverlayName };
export type { Fit } from './fit.ts';

/** What to make of an original, and how to hand it over. Two URLs for the same picture have equal `canonicalPlan`s. */
export interface Plan {
  /**
   * Everything that decides the bytes, and nothing else: sizes are after `dpr` (which is gone), defaults and what has
   * no effect are left out. `valueOr` fills a default in.
   */
  values: PictureValues;
  /** `values`' sides and mode as one fact. */
  fit: Fit;
  format: RequestedFormat;
  /** What the client shows, where the format is `auto`; else null. */
  accepts: Accepts | null;
  /** 1 to 100 on the common scale, after Save-Data; 80 where the format knows no quality. */
  quality: number;
  /** Null: transparency stays. Always opaque where the format knows no transparency. */
  background: Color | null;
  /** The answer depends on the client: it carries `Vary: Accept, Save-Data`. */
  varies: boolean;
  /** UNIX seconds. Not part of the picture. */
  expires: number | null;
  /** Null: show in place. Empty: save under the path's last part. Not part of the picture. */
  download: string | null;
  /** Names to purge it by. Not part of the picture. */
  tags: readonly string[];
  /**
   * Overlays whose picture a preset or default of the source names, not the request: what a source takes from strangers
   * does not bind it. Not part of the picture.
   */
  sourceOverlays: readonly OverlayName[];
}

const parseGiven = (given: ReadonlyMap<ParameterName, Given>, limits: ParameterLimits): ParameterValues => {
  const values: Record<string, unknown> = {};
  for (const [name, { text }] of given) values[name] = parameters[name].parse(name, text, limits);
  // Each value came from the parser of its own name, which TypeScript cannot tell for a union of names.
  return values;
};

/** Somebody who asks for less data gets it, unless the URL names a quality. */
const saveDataStep = 15;

/** `auto` may become any picture format, so the narrowest decides. */
const maxFormatSide = (format: RequestedFormat): number =>
  format === 'auto' ? formatFacts.webp.maxSide : formatFacts[format].maxSide;

const noClient: ClientFacts = { accept: undefined, saveData: false };

/**
 * Turns a raw query into a plan. A parameter that is missing or empty falls back to the presets that the query names,
 * then to the source's defaults, then to imglab's default. Unknown names are ignored.
 *
 * @throws BadValue for a malformed query, for a known name with a value that it does not take, and for what the
 *   source's presets or sizes do not allow.
 * @example parsePlan('width=300&dpr=2&format=webp').fit // { mode: 'clip', width: 600, height: null, upscale: false }
 */
export const parsePlan = (
  rawQuery: string,
  settings: Partial<PlanSettings> = {},
  client: ClientFacts = noClient,
): Plan => {
  const all = { ...defaultPlanSettings, ...settings };
  const given = givenParameters(rawQuery, all);
  const { preset: _preset, download, expires, tag, ...asked } = parseGiven(given, all);

  const format = valueOr(asked, 'format');
  const varies = format === 'auto';
  const saves = varies && client.saveData && given.get('quality')?.by !== 'request';
  const quality = Math.max(1, valueOr(asked, 'quality') - (saves ? saveDataStep : 0));
  const fit = fitOf(asked, Math.min(all.maxSide, maxFormatSide(format)));
  if (all.allowedSizes !== null) requireAllowedSizes(asked, given, fit, all.allowedSizes);
  const values = settleValues({ ...asked, quality }, fit);
  return {
    values,
    fit,
    format,
    accepts: varies ? acceptsOf(client.accept, all.autoFormats) : null,
    quality: valueOr(values, 'quality'),
    background: backgroundOf(values, format),
    varies,
    expires: expires ?? null,
    download: download ?? null,
    tags: tag ?? [],
    sourceOverlays: overlayNames.filter((name) => given.get(name)?.by === 'source'),
  };
};
