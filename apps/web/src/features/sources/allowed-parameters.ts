import type { Source } from '@windlass/contract';
import type { ImageParameters } from '../../lib/image-parameters.ts';

type Restrictions = Pick<Source, 'presets' | 'presetsOnly' | 'allowedSizes'>;

/** The allowed size next above the one that is wanted; the largest where none is. Any size where none is listed. */
const allowedSide = (wanted: number, sizes: readonly number[] | null): number => {
  if (sizes === null) return wanted;
  const above = sizes.filter((size) => size >= wanted);
  return above.length > 0 ? Math.min(...above) : Math.max(...sizes);
};

const firstPreset = ({ presets }: Restrictions): ImageParameters | null => {
  const [name] = Object.keys(presets);
  return name === undefined ? null : { preset: name };
};

/** What the preview begins with: a width that fits a page, or what the source allows in its place. */
export const firstParameters = (source: Restrictions): ImageParameters =>
  source.presetsOnly ? (firstPreset(source) ?? {}) : { width: String(allowedSide(600, source.allowedSizes)) };

/** A small picture for a box of CSS pixels, at one and two device pixels. None where the source serves presets alone and has none. */
export const thumbnailParameters = (
  source: Restrictions,
  width: number,
  height: number,
): readonly ImageParameters[] => {
  if (source.presetsOnly) {
    const preset = firstPreset(source);
    return preset === null ? [] : [preset];
  }
  const small = { format: 'webp', quality: '75' };
  if (source.allowedSizes !== null)
    return [{ width: String(allowedSide(width, source.allowedSizes)), ...small }];
  const plan = { width: String(width), height: String(height), mode: 'crop', ...small };
  return [plan, { ...plan, dpr: '2' }];
};

/** The whole original, near enough to it to compare with; null where the source serves presets alone. */
export const originalParameters = (source: Restrictions): ImageParameters | null =>
  source.presetsOnly
    ? null
    : { width: String(allowedSide(1600, source.allowedSizes)), format: 'webp', quality: '95' };
