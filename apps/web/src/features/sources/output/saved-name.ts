import type { Source } from '@windlass/contract';
import { readParameters, type ImageParameters } from '../../../lib/image-parameters.ts';

/** Text about a picture ends in what a text editor opens. */
const extensions: Readonly<Record<string, string>> = { jpeg: 'jpg', blurhash: 'txt', thumbhash: 'txt' };

/** The format that is asked for: by the URL, else by its presets, the last one first, else by the source's defaults. */
const askedFormat = (
  { presets, defaultParameters }: Pick<Source, 'presets' | 'defaultParameters'>,
  parameters: ImageParameters,
): string => {
  const named = (parameters['preset'] ?? '').split(',').toReversed();
  const layers = [
    parameters,
    ...named.map((name) => readParameters((Object.hasOwn(presets, name) && presets[name]) || '')),
    readParameters(defaultParameters),
  ];
  return layers.map(({ format }) => format).find((format) => format !== undefined && format !== '') ?? 'jpeg';
};

/**
 * The name under which a picture is saved: the original's, with the extension of the format. `format=auto` leaves it
 * without one, as the answer depends on who asks.
 *
 * @example savedName(source, 'cats/tom.jpg', { format: 'webp' }) // tom.webp
 */
export const savedName = (
  source: Pick<Source, 'presets' | 'defaultParameters'>,
  path: string,
  parameters: ImageParameters,
): string => {
  const file = path.split('/').at(-1) ?? '';
  const stem = file.replace(/(?<=.)\.[^.]*$/, '') || 'picture';
  const format = askedFormat(source, parameters);
  return format === 'auto' ? stem : `${stem}.${extensions[format] ?? format}`;
};
