import type { Color } from '../parameters/color.ts';
import type { Size } from '../plan/geometry.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import type { Plan } from '../plan/plan.ts';
import { blurred } from './gaussian-blur.ts';
import type { Operation, WorkingPicture } from './operation.ts';
import { framesOn } from './layers.ts';
import { edgesAround, fitInside } from './placement.ts';
import { resizeTo } from './resize.ts';
import { inFrontOf, isGrey, sharpColor, transparent } from './sharp-color.ts';
import { rawPixels, startFrom, upTo } from './stages.ts';

/** In front of an opaque background the padding is opaque at once, and the picture needs no alpha for it. */
const paddingColor = ({ values, background }: Plan): Color => {
  const color = valueOr(values, 'contain-color');
  return background?.alpha === 255 ? inFrontOf(color, background) : color;
};

/** Longest side at which the copy is blurred. A twentieth of that makes a ground without any detail. */
const blurSide = 120;

/** A blurred copy fills the box, with the picture in front of it. The blur follows the box. */
const fillWithBlur = async (picture: WorkingPicture, box: Size): Promise<WorkingPicture> => {
  const pixels = await rawPixels(picture);
  const front = startFrom(pixels, picture.frames);
  const around = front.image.ensureAlpha().extend({ ...edgesAround(picture, box), background: transparent });
  const small = fitInside(box, { width: blurSide, height: blurSide }, false);
  const back = startFrom(pixels, picture.frames);
  const filling = back.image.resize({ ...small, fit: 'cover' });
  const sigma = Math.max(small.width, small.height) / 20;
  const ground = await blurred({ ...back, image: filling, ...small, stage: 'crop' }, sigma);
  return framesOn(await resizeTo(ground, box), await rawPixels({ ...front, image: around }));
};

/** Fills what `mode=contain` left of the box; the picture is in the middle. */
export const contain: Operation = {
  name: 'contain',
  order: 80,
  parameters: ['contain', 'contain-color'],
  applies: ({ fit }) => fit.mode === 'contain',
  apply: async (picture, { plan }) => {
    const box = picture.box ?? picture;
    if (box.width === picture.width && box.height === picture.height) return picture;
    const fill = valueOr(plan.values, 'contain');
    if (fill === 'blur') return fillWithBlur(picture, box);
    const edges = edgesAround(picture, box);
    const ready = { ...(await upTo(picture, 'extend')), width: box.width, height: box.height };
    if (fill === 'color') {
      const color = paddingColor(plan);
      const image = ready.image.extend({ ...edges, extendWith: 'background', background: sharpColor(color) });
      const ownColors = ready.ownColors && isGrey(color);
      return { ...ready, image, alpha: ready.alpha || color.alpha < 255, ownColors };
    }
    const image = ready.image.extend({ ...edges, extendWith: fill === 'mirror' ? 'mirror' : 'copy' });
    return { ...ready, image };
  },
};
