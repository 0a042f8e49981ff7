import {
  readParameters,
  withoutParameters,
  writeParameters,
  type ImageParameters,
} from '../../../lib/image-parameters.ts';

/** What belongs to one URL and not to a preset. */
const ofOneUrl = ['preset', 'expires', 'download', 'tag'];

/** The presets that are named, in the order in which they count. */
export const presetNames = ({ preset = '' }: ImageParameters): readonly string[] =>
  preset.split(',').filter((name) => name !== '');

const namePresets = (values: ImageParameters, names: readonly string[]): ImageParameters => {
  const rest = withoutParameters(values, ['preset']);
  return names.length === 0 ? rest : { ...rest, preset: names.join(',') };
};

/** With one more preset: what it says itself is no longer said beside it, where it would count for more. */
export const withPreset = (values: ImageParameters, name: string, preset: string): ImageParameters =>
  namePresets(withoutParameters(values, Object.keys(readParameters(preset))), [...presetNames(values), name]);

export const withoutPreset = (values: ImageParameters, name: string): ImageParameters =>
  namePresets(
    values,
    presetNames(values).filter((one) => one !== name),
  );

/** The parameters as one flat set: what presets in use say, under what is set beside them. */
export const presetOf = (values: ImageParameters, presets: Readonly<Record<string, string>>): string => {
  const used = presetNames(values).flatMap((name) => presets[name] ?? []);
  const below = used.reduce<ImageParameters>((all, preset) => ({ ...all, ...readParameters(preset) }), {});
  return writeParameters(withoutParameters({ ...below, ...values }, ofOneUrl));
};
