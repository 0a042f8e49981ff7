import { valueOr } from '../plan/parameter-defaults.ts';
import { contentBox, cornerColor } from './content-box.ts';
import type { Operation } from './operation.ts';
import { rawPixels, startFrom, upTo } from './stages.ts';

/** Levels 0 to 100 are 0 to 25 of the 255 steps of a channel: 80 forgives what JPEG does to a plain border. */
const thresholdOf = (level: number): number => level / 4;

/**
 * Removes borders of one colour. The size that is left shows only when the pixels are there, so this decodes the
 * whole picture. A picture of nothing but border stays whole; an animation loses the border of its first frame from
 * all of them, so that they stay together.
 */
export const trim: Operation = {
  name: 'trim',
  order: 30,
  parameters: ['trim', 'trim-color', 'trim-level'],
  applies: ({ values }) => values.trim !== undefined,
  apply: async (picture, { plan }) => {
    const { trim: kind, 'trim-color': color } = plan.values;
    const pixels = await rawPixels(picture);
    const settled = startFrom(pixels, picture.frames);
    // The frames lie below each other, so a lower height is the first of them.
    const first = { ...pixels, height: settled.height };
    const border = kind === 'color' && color !== undefined ? color : cornerColor(first);
    const box = contentBox(first, border, thresholdOf(valueOr(plan.values, 'trim-level')));
    if (box === null || (box.width === settled.width && box.height === settled.height)) return settled;
    const ready = await upTo(settled, 'region');
    return { ...ready, image: ready.image.extract(box), width: box.width, height: box.height };
  },
};
