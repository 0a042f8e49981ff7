import { BadValue } from '../bad-value.ts';
import {
  isParameterName,
  keepsEmpty,
  pictureParameters,
  type ParameterName,
} from '../parameters/parameters.ts';
import { deliveryParameters } from '../parameters/delivery.ts';
import { parseQuery } from '../url/query.ts';
import type { PlanSettings } from './plan-settings.ts';

/** The text of a parameter and who wrote it: presets and defaults are the source's, whoever chose them. */
export interface Given {
  text: string;
  by: 'request' | 'source';
}

type Layer = ReadonlyMap<string, string>;

const isSet = (name: ParameterName, text: string): boolean => text !== '' || keepsEmpty(name);

/** @throws BadValue for a name that is none of the presets */
const presetLayers = (layer: Layer, { presets }: PlanSettings): Layer[] => {
  const text = layer.get('preset') ?? '';
  if (text === '') return [];
  return deliveryParameters.preset.parse('preset', text).map((name) => {
    const query = Object.hasOwn(presets, name) ? presets[name] : undefined;
    if (query === undefined) throw new BadValue('preset', `${name} is none of this source's presets`);
    return parseQuery(query);
  });
};

/**
 * Collects what is set, and by whom. The request wins over the presets that it names (a later one over an earlier),
 * these over the source's defaults, and these over presets that the defaults name. Unknown names and empty values are
 * left out; a preset inside a preset is not looked at.
 *
 * @throws BadValue for a malformed query, an unknown preset, and what a source of presets only does not take
 */
export const givenParameters = (
  rawQuery: string,
  settings: PlanSettings,
): ReadonlyMap<ParameterName, Given> => {
  const request = parseQuery(rawQuery);
  const defaults = parseQuery(settings.defaults);
  const given = new Map<ParameterName, Given>();
  const lay = (layer: Layer, by: Given['by']): void => {
    for (const [name, text] of layer) {
      if (isParameterName(name) && isSet(name, text)) given.set(name, { text, by });
    }
  };
  const chosen = presetLayers(request, settings);
  const usual = chosen.length > 0 ? [] : presetLayers(defaults, settings);
  for (const layer of [...usual, defaults, ...chosen]) lay(layer, 'source');
  if (settings.presetsOnly) requirePresets(request);
  lay(request, 'request');
  return given;
};

const requirePresets = (request: Layer): void => {
  for (const [name, text] of request) {
    if (!Object.hasOwn(pictureParameters, name) || text === '') continue;
    throw new BadValue(name, 'cannot be set here: this source takes presets only, e.g. preset=name');
  }
};
