import type { TrimOptions } from 'sharp';
import type { Plan } from '../plan/plan.ts';
import { sharpColor } from './sharp-color.ts';
import type { Operation, WorkingPicture } from './operation.ts';
import { firstFrame, rawPixels, settle, startFrom, upTo } from './stages.ts';

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
  const settled = await settle(picture);
  const first = await firstFrame(settled);
  const { info } = await first.image.trim(options).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const ready = await upTo(settled, 'region');
  const box = { left: -(info.trimOffsetLeft ?? 0), top: -(info.trimOffsetTop ?? 0), width, height };
  return { ...ready, image: ready.image.extract(box), width, height };
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
    if (picture.frames > 1) return trimFrames(picture, options);
    // A colour is told in sRGB, and sharp trims before it converts; the upper left pixel needs no conversion.
    const ready = options.background === undefined ? await upTo(picture, 'trim') : await settle(picture);
    return startFrom(await rawPixels({ ...ready, image: ready.image.trim(options) }), 1);
  },
};
