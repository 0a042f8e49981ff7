import type { Sharp } from 'sharp';
import type { OriginalFacts } from '../render/job.ts';

/** An original that passed the guards, ready for operations. Upright: EXIF orientation (or the plan's) is applied. */
export interface OpenedOriginal {
  image: Sharp;
  facts: OriginalFacts;
  /** Upright, in pixels, one frame. */
  width: number;
  height: number;
  /** Frames in `image`; more than one only where the output may move. */
  frames: number;
}
