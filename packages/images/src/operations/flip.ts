import type { Operation } from './operation.ts';
import { settle, upTo } from './stages.ts';

/** Mirrors left and right, top and bottom, or both. */
export const flip: Operation = {
  name: 'flip',
  order: 50,
  parameters: ['flip'],
  applies: ({ values }) => values.flip !== undefined,
  apply: async (picture, { plan }) => {
    const { flip: axes = '', orientation } = plan.values;
    // An orientation of the plan has used sharp's only mirror already; one of EXIF has a mirror of its own.
    const free = orientation === undefined ? picture : await settle(picture);
    const ready = await upTo(free, 'flip');
    const mirrored = ready.image.flip(axes.includes('vertical')).flop(axes.includes('horizontal'));
    return { ...ready, image: mirrored };
  },
};
