import type { Position } from '../parameters/position.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import { layerOn, tilesOn } from './layers.ts';
import type { Operation } from './operation.ts';
import { openSized, overlaySize } from './overlay.ts';
import { placeAt } from './placement.ts';
import { transparent } from './sharp-color.ts';
import { rawPixels, upTo } from './stages.ts';

/** sharp's word for the side at which the tiles begin. */
const gravityOf = ({ horizontal, vertical }: Position): string => {
  const northSouth = { top: 'north', middle: '', bottom: 'south' }[vertical];
  const eastWest = { left: 'west', center: '', right: 'east' }[horizontal];
  return `${northSouth}${eastWest}` || 'centre';
};

/** Draws a picture over the result, once or as tiles. */
export const watermark: Operation = {
  name: 'watermark',
  order: 120,
  parameters: [
    'watermark',
    'watermark-position',
    'watermark-repeat',
    'watermark-scale',
    'watermark-alpha',
    'watermark-rotate',
  ],
  applies: ({ values }) => values.watermark !== undefined && valueOr(values, 'watermark-alpha') > 0,
  apply: async (picture, context) => {
    const { values } = context.plan;
    const overlay = await openSized('watermark', context, (size) =>
      overlaySize(size, picture, valueOr(values, 'watermark-scale'), picture),
    );
    if (overlay === null) return picture;
    const repeats = valueOr(values, 'watermark-repeat');
    const turn = valueOr(values, 'watermark-rotate');
    const alpha = valueOr(values, 'watermark-alpha') / 100;
    const turnable = turn === 0 ? overlay : await upTo(overlay, turn % 90 === 0 ? 'flip' : 'rotate');
    const turned = {
      ...turnable,
      image: turn === 0 ? turnable.image : turnable.image.rotate(turn, { background: transparent }),
    };
    const fading = await upTo(turned, 'linear');
    const image = fading.image.ensureAlpha().linear([1, 1, 1, alpha], [0, 0, 0, 0]);
    const pixels = await rawPixels({ ...fading, image });
    const position: Position = repeats
      ? (values['watermark-position'] ?? { horizontal: 'left', vertical: 'top' })
      : valueOr(values, 'watermark-position');
    const fits = pixels.width <= picture.width && pixels.height <= picture.height;
    if (repeats && fits) return tilesOn(picture, pixels, gravityOf(position));
    return layerOn(picture, pixels, placeAt(position, picture, pixels));
  },
};
