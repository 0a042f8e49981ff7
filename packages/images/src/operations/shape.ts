import { layerOn } from './layers.ts';
import type { Operation } from './operation.ts';
import { openSized } from './overlay.ts';
import { edgesAround, fitInside } from './placement.ts';
import { transparent } from './sharp-color.ts';
import { rawPixels, upTo, type RawPicture } from './stages.ts';

/** Opaque where the mask is bright, so that a black and white JPEG is a mask too. */
const fromBrightness = ({ data, width, height, channels }: RawPicture): RawPicture => {
  const alpha = Buffer.alloc(width * height * 4);
  for (let at = 0; at < width * height; at += 1) alpha[at * 4 + 3] = data[at * channels] ?? 0;
  return { data: alpha, width, height, channels: 4 };
};

/**
 * Keeps what the shape covers: its opaque part, or its bright part where all of it is opaque. The shape is fitted
 * into the picture with its own ratio and lies in the middle; around it all is transparent.
 */
export const shape: Operation = {
  name: 'shape',
  order: 90,
  parameters: ['shape'],
  applies: ({ values }) => values.shape !== undefined,
  apply: async (picture, context) => {
    const box = { width: picture.width, height: picture.height };
    const mask = await openSized('shape', context, (size) => fitInside(size, box, true));
    if (mask === null) return picture;
    const extending = await upTo(mask.alpha ? mask : { ...mask, image: mask.image.grayscale() }, 'extend');
    const image = extending.image.extend({
      ...edgesAround(mask, box),
      background: mask.alpha ? transparent : 'black',
    });
    const pixels = await rawPixels({ ...extending, image, ...box });
    const masked = await layerOn(
      picture,
      mask.alpha ? pixels : fromBrightness(pixels),
      { left: 0, top: 0 },
      'dest-in',
    );
    return { ...masked, alpha: true };
  },
};
