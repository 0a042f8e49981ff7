import type { WorkingPicture } from './operation.ts';
import { settle, upTo } from './stages.ts';

/** Beyond this deviation, in pixels, a picture is blurred at a smaller size: nobody sees a difference, and it costs far less. */
const widestDirect = 12;

/** libvips makes no kernel for less. */
const narrowest = 0.3;

const blurredDirectly = async (picture: WorkingPicture, sigma: number): Promise<WorkingPicture> => {
  const ready = await upTo(picture, 'blur');
  return { ...ready, image: ready.image.blur(sigma) };
};

const resized = async (picture: WorkingPicture, width: number, height: number): Promise<WorkingPicture> => {
  const ready = await upTo(picture, 'resize');
  return {
    ...ready,
    image: ready.image.resize({ width, height, fit: 'fill', kernel: 'cubic' }),
    width,
    height,
  };
};

const blurredStill = async (picture: WorkingPicture, sigma: number): Promise<WorkingPicture> => {
  if (sigma <= widestDirect) return blurredDirectly(picture, sigma);
  const { width, height } = picture;
  const shrink = sigma / (widestDirect / 2);
  const [smallWidth, smallHeight] = [width, height].map((side) => Math.max(1, Math.round(side / shrink)));
  const small = await resized(picture, smallWidth ?? 1, smallHeight ?? 1);
  return resized(await blurredDirectly(small, widestDirect / 2), width, height);
};

/** Frames lie below each other, and must not run into their neighbours: each gets its edge repeated around it first. */
const blurredFrames = async (picture: WorkingPicture, sigma: number): Promise<WorkingPicture> => {
  const { width, height } = picture;
  const room = Math.min(Math.ceil(sigma * 3), Math.max(width, height));
  const edges = { top: room, bottom: room, left: room, right: room, extendWith: 'copy' } as const;
  const extending = await upTo(picture, 'extend');
  const padded = {
    ...extending,
    image: extending.image.extend(edges),
    width: width + room * 2,
    height: height + room * 2,
  };
  const ready = await upTo(await settle(await blurredStill(padded, sigma)), 'region');
  return { ...ready, image: ready.image.extract({ left: room, top: room, width, height }), width, height };
};

/**
 * A Gaussian blur by its standard deviation in pixels. Its cost grows with the deviation, so a wide one runs on a
 * picture that was shrunk by as much and is stretched again: bounded, whatever is asked for.
 */
export const blurred = async (picture: WorkingPicture, sigma: number): Promise<WorkingPicture> => {
  if (sigma < narrowest) return picture;
  return picture.frames > 1 ? blurredFrames(picture, sigma) : blurredStill(picture, sigma);
};
