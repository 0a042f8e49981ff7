import type { Source } from '@windlass/contract';
import type { ImageParameters } from '../../../lib/image-parameters.ts';

/** What the code below the stage is about. */
export interface OutputInput {
  source: Source;
  path: string;
  /** Those that the picture on the stage was made with. */
  parameters: ImageParameters;
  /** CSS pixels of the picture on the stage; null until it is there. */
  size: { width: number; height: number } | null;
  /** Pixels of the original; null where they are not known. */
  original: { width: number; height: number } | null;
}
