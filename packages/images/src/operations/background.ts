import type { Operation } from './operation.ts';
import { isGrey, sharpColor } from './sharp-color.ts';
import { stages } from './stage-order.ts';
import { upTo } from './stages.ts';

/** What shows through transparency. An opaque picture has nothing to do here. */
export const background: Operation = {
  name: 'background',
  order: 100,
  parameters: ['background-color'],
  applies: (plan) => plan.background !== null,
  apply: async (picture, { plan }) => {
    const color = plan.background;
    if (color === null || !picture.alpha) return picture;
    const ownColors = picture.ownColors && isGrey(color);
    const fill = sharpColor(color);
    // sharp flattens before it resizes: the same but cheaper, as long as nothing has touched colours or drawn.
    const early = stages.indexOf(picture.stage) <= stages.indexOf('extend');
    if (color.alpha === 255 && early) {
      return { ...picture, image: picture.image.flatten({ background: fill }), alpha: false, ownColors };
    }
    // One pixel is tiled underneath: flatten() knows no translucent colour, and would come before the effects.
    const pixel = { create: { width: 1, height: 1, channels: 4 as const, background: fill } };
    const ready = await upTo(picture, 'composite');
    const layer = { input: pixel, tile: true, blend: 'dest-over' as const };
    return { ...ready, layers: [...ready.layers, layer], alpha: color.alpha < 255, ownColors };
  },
};
