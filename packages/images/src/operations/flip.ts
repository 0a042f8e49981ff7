import type { Operation } from './operation.ts';
import { upTo } from './stages.ts';

/** Mirrors left and right, top and bottom, or both. */
export const flip: Operation = {
  name: 'flip',
  order: 50,
  parameters: ['flip'],
  applies: ({ values }) => values.flip !== undefined,
  apply: async (picture, { plan }) => {
    const { flip: axes = '' } = plan.values;
    const ready = await upTo(picture, 'flip');
    const mirrored = ready.image.flip(axes.includes('vertical')).flop(axes.includes('horizontal'));
    return { ...ready, image: mirrored };
  },
};
