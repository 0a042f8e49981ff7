import {
  readParameters,
  withoutParameters,
  writeParameters,
  type ImageParameters,
} from '../../../lib/image-parameters.ts';

/** What belongs to one URL and not to a preset. */
const ofOneUrl = ['preset', 'expires', 'download', 'tag'];

/** The parameters as one flat set: what presets in use say, under what is set beside them. */
export const presetOf = (values: ImageParameters, presets: Readonly<Record<string, string>>): string => {
  const used = (values['preset'] ?? '').split(',').flatMap((name) => presets[name] ?? []);
  const below = used.reduce<ImageParameters>((all, preset) => ({ ...all, ...readParameters(preset) }), {});
  return writeParameters(withoutParameters({ ...below, ...values }, ofOneUrl));
};
