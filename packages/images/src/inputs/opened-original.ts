import type { Sharp } from 'sharp';
import type { OriginalFacts } from '../render/job.ts';

/** An original that passed the guards, ready for operations. Upright: EXIF orientation (or the plan's) is applied. */
export interface OpenedOriginal {
  /** No operation is on it yet but what makes it upright. */
  image: Sharp;
  facts: OriginalFacts;
  /** Upright, in pixels, one frame. */
  width: number;
  height: number;
  /** Frames in `image`; more than one only where the output may move. */
  frames: number;
  /** Of the frames in `image`; null where there is one. The output sets it again: operations may lose it. */
  animation: { delayMilliseconds: readonly number[]; loop: number } | null;
  /** It carries an ICC profile for RGB pixels: the only kind that still fits what comes out. */
  rgbProfile: boolean;
  /**
   * It has a profile and 16 bits a channel. sharp converts such pixels to Display P3 and says so nowhere, so that the
   * way to sRGB must be asked for. Absent: it does not.
   */
  inDisplayP3?: boolean;
}
