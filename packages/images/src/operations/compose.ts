import { valueOr } from '../plan/parameter-defaults.ts';
import { RenderError } from '../render/render-error.ts';
import { layerOn } from './layers.ts';
import type { Operation } from './operation.ts';
import { openSized, overlaySize } from './overlay.ts';
import { rawPixels } from './stages.ts';

/** Lays a picture over the middle of what the padding leaves. */
export const compose: Operation = {
  name: 'compose',
  order: 110,
  parameters: [
    'compose',
    'compose-scale',
    'compose-padding',
    'compose-padding-top',
    'compose-padding-right',
    'compose-padding-bottom',
    'compose-padding-left',
  ],
  applies: ({ values }) => values.compose !== undefined,
  apply: async (picture, context) => {
    const { values } = context.plan;
    const all = valueOr(values, 'compose-padding');
    const left = values['compose-padding-left'] ?? all;
    const top = values['compose-padding-top'] ?? all;
    const room = {
      width: picture.width - left - (values['compose-padding-right'] ?? all),
      height: picture.height - top - (values['compose-padding-bottom'] ?? all),
    };
    if (room.width < 1 || room.height < 1) {
      throw new RenderError(
        'bad-value',
        'compose-padding leaves no room for the picture that compose lays over',
      );
    }
    const overlay = await openSized('compose', context, (size) =>
      overlaySize(size, picture, valueOr(values, 'compose-scale'), room),
    );
    if (overlay === null) return picture;
    const pixels = await rawPixels({ ...overlay, image: overlay.image.ensureAlpha() });
    return layerOn(picture, pixels, {
      left: left + Math.floor((room.width - pixels.width) / 2),
      top: top + Math.floor((room.height - pixels.height) / 2),
    });
  },
};
