import { clampRegion } from '../plan/geometry.ts';
import { RenderError } from '../render/render-error.ts';
import type { Operation } from './operation.ts';
import { upTo } from './stages.ts';

/** Cuts a rectangle out of the upright original; what of it lies outside the picture is left off. */
export const region: Operation = {
  name: 'region',
  order: 20,
  parameters: ['region'],
  applies: ({ values }) => values.region !== undefined,
  apply: async (picture, { plan }) => {
    if (plan.values.region === undefined) return picture;
    const area = clampRegion(plan.values.region, picture);
    if (area === null) {
      throw new RenderError(
        'bad-value',
        `region lies outside the picture, which is ${picture.width} x ${picture.height} pixels`,
      );
    }
    const { x: left, y: top, width, height } = area;
    const ready = await upTo(picture, 'region');
    return { ...ready, image: ready.image.extract({ left, top, width, height }), width, height };
  },
};
