import type { Position } from '../parameters/position.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import { layerOn, tilesOn } from './layers.ts';
import type { Operation, WorkingPicture } from './operation.ts';
import { openSized, overlaySize } from './overlay.ts';
import { placeAt } from './placement.ts';
import { transparent } from './sharp-color.ts';
import { rawPixels, upTo, type RawPicture } from './stages.ts';

/** sharp's word for the side at which the tiles begin. */
const gravityOf = ({ horizontal, vertical }: Position): string => {
  const northSouth = { top: 'north', middle: '', bottom: 'south' }[vertical];
  const eastWest = { left: 'west', center: '', right: 'east' }[horizontal];
  return `${northSouth}${eastWest}` || 'centre';
};

const turned = async (overlay: WorkingPicture, degrees: number): Promise<RawPicture> => {
  if (degrees === 0) return rawPixels({ ...overlay, image: overlay.image.ensureAlpha() });
  // sharp turns by quarters where it mirrors, and by other angles later.
  const ready = await upTo(overlay, degrees % 90 === 0 ? 'flip' : 'rotate');
  return rawPixels({
    ...ready,
    image: ready.image.rotate(degrees, { background: transparent }).ensureAlpha(),
  });
};

/** In place: nobody else has these pixels. sharp's own way to do it comes before it gives an opaque picture alpha. */
const faded = (picture: RawPicture, part: number): RawPicture => {
  const { data } = picture;
  if (part === 1) return picture;
  for (let at = 3; at < data.length; at += 4) data[at] = Math.round((data[at] ?? 0) * part);
  return picture;
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
    const alpha = valueOr(values, 'watermark-alpha') / 100;
    const pixels = faded(await turned(overlay, valueOr(values, 'watermark-rotate')), alpha);
    const position: Position = repeats
      ? (values['watermark-position'] ?? { horizontal: 'left', vertical: 'top' })
      : valueOr(values, 'watermark-position');
    const fits = pixels.width <= picture.width && pixels.height <= picture.height;
    if (repeats && fits) return tilesOn(picture, pixels, gravityOf(position));
    return layerOn(picture, pixels, placeAt(position, picture, pixels));
  },
};
