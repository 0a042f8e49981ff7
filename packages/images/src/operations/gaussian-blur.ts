import type { WorkingPicture } from './operation.ts';
import { settle, upTo } from './stages.ts';

/** Beyond this deviation, in pixels, a picture is blurred at a smaller size: nobody sees a difference, and it costs far less. */
const widestDirect = 12;

/** libvips makes no kernel for less. */
const narrowest = 0.3;

/**
 * A Gaussian blur by its standard deviation in pixels. Its cost grows with the deviation, so a wide one runs on a
 * picture that was shrunk by as much and is stretched again: bounded, whatever is asked for.
 */
export const blurred = async (picture: WorkingPicture, sigma: number): Promise<WorkingPicture> => {
  if (sigma < narrowest) return picture;
  if (sigma <= widestDirect) {
    const ready = await upTo(picture, 'blur');
    return { ...ready, image: ready.image.blur({ sigma, precision: 'float' }) };
  }
  const { width, height } = picture;
  const shrink = sigma / (widestDirect / 2);
  const small = {
    width: Math.max(1, Math.round(width / shrink)),
    height: Math.max(1, Math.round(height / shrink)),
  };
  const ready = await upTo(await settle(picture), 'resize');
  const reduced = ready.image
    .resize({ ...small, fit: 'fill' })
    .blur({ sigma: widestDirect / 2, precision: 'float' });
  const wide = await upTo(await settle({ ...ready, image: reduced, ...small, stage: 'blur' }), 'resize');
  return {
    ...wide,
    image: wide.image.resize({ width, height, fit: 'fill', kernel: 'cubic' }),
    width,
    height,
  };
};
