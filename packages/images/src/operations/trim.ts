import sharp, { type TrimOptions } from 'sharp';
import type { Plan } from '../plan/plan.ts';
import { sharpColor } from './sharp-color.ts';
import type { Operation, WorkingPicture } from './operation.ts';
import { rawPixels, settle, startFrom, upTo, type RawPicture } from './stages.ts';

const defaultLevel = 80;

/** Levels 0 to 100 are 0 to 25 of the 255 steps of a channel: 80 forgives what JPEG does to a plain border. */
const thresholdOf = (level: number): number => level / 4;

const trimOptions = ({ values }: Plan): TrimOptions => ({
  threshold: thresholdOf(values['trim-level'] ?? defaultLevel),
  ...(values.trim === 'color' && values['trim-color'] !== undefined
    ? { background: sharpColor(values['trim-color']) }
    : {}),
});

/** An animation keeps its frames together: all of them lose the border of the first. */
const trimFrames = async (picture: WorkingPicture, options: TrimOptions): Promise<WorkingPicture> => {
  const { width, height, alpha } = picture;
  const { data } = await rawPixels(picture);
  const channels = alpha ? 4 : 3;
  const first = sharp(data.subarray(0, width * height * channels), { raw: { width, height, channels } });
  const { info } = await first.trim(options).raw().toBuffer({ resolveWithObject: true });
  const box = {
    left: -(info.trimOffsetLeft ?? 0),
    top: -(info.trimOffsetTop ?? 0),
    width: info.width,
    height: info.height,
  };
  const frames = startFrom({ data, width, height: height * picture.frames, channels }, picture.frames);
  const ready = await upTo(frames, 'region');
  return { ...ready, image: ready.image.extract(box), width: box.width, height: box.height };
};

/**
 * Removes borders of one colour. The size that is left shows only when the pixels are there, so this decodes the
 * whole picture. A picture of nothing but border stays whole.
 */
export const trim: Operation = {
  name: 'trim',
  order: 30,
  parameters: ['trim', 'trim-color', 'trim-level'],
  applies: ({ values }) => values.trim !== undefined,
  apply: async (picture, { plan }) => {
    // libvips looks for borders in a 3 x 3 neighbourhood.
    if (picture.width < 3 || picture.height < 3) return picture;
    const options = trimOptions(plan);
    if (picture.frames > 1) return trimFrames(await settle(picture), options);
    // A colour is told in sRGB, and sharp trims before it converts; the upper left pixel needs no conversion.
    const ready = options.background === undefined ? await upTo(picture, 'trim') : await settle(picture);
    const trimmed: RawPicture = await rawPixels({ ...ready, image: ready.image.trim(options) });
    return startFrom(trimmed, 1);
  },
};
