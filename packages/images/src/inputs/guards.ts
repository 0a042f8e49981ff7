import type { Size } from '../plan/geometry.ts';
import type { RenderLimits } from '../render/job.ts';
import { RenderError } from '../render/render-error.ts';

/** What is refused before a pixel is decoded. All throw RenderError too-large. */

export const checkBytes = (bytes: number, { maxInputBytes }: RenderLimits): void => {
  if (bytes > maxInputBytes)
    throw new RenderError('too-large', `The original has more than ${maxInputBytes} bytes`);
};

export const checkFrames = (frames: number, { maxInputFrames }: RenderLimits): void => {
  if (frames > maxInputFrames) {
    throw new RenderError('too-large', `The original has more than ${maxInputFrames} frames`);
  }
};

/** Over all frames that are decoded. Not a number, as a header may hold: too large. */
export const checkPixels = (
  { width, height }: Size,
  frames: number,
  { maxInputPixels }: RenderLimits,
): void => {
  if (!(width * height * frames <= maxInputPixels)) {
    throw new RenderError('too-large', `The original has more than ${maxInputPixels} pixels`);
  }
};

/** Red, green, blue and alpha of a byte each. */
const usualPixelBytes = 4;

/**
 * For pictures that must be in memory whole: the limit on pixels means usual ones, so that deep ones count for more.
 * A PNG with 16 bits a channel is allowed half as many, when it has to be turned.
 */
export const checkMemory = (
  { width, height }: Size,
  frames: number,
  pixelBytes: number,
  { maxInputPixels }: RenderLimits,
): void => {
  if (width * height * frames * pixelBytes > maxInputPixels * usualPixelBytes) {
    throw new RenderError('too-large', 'The original takes too much memory for what is asked of it');
  }
};
