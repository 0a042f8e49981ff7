import type { OutputFormat } from '../plan/formats.ts';
import type { Plan } from '../plan/plan.ts';

/** Larger ones take seconds to encode as AVIF. */
const maxAvifPixels = 2_000_000;

/**
 * Settles `format=auto` for what the picture is: AVIF is the smallest, then WebP; without either it is the smallest
 * that every client reads and that loses nothing the picture has.
 */
export const chooseFormat = (
  { format, accepts }: Pick<Plan, 'format' | 'accepts'>,
  picture: { width: number; height: number; frames: number; alpha: boolean },
): OutputFormat => {
  if (format !== 'auto') return format;
  const moves = picture.frames > 1;
  const small = picture.width * picture.height <= maxAvifPixels;
  if (accepts?.avif === true && !moves && small) return 'avif';
  if (accepts?.webp === true) return 'webp';
  if (moves) return 'gif';
  return picture.alpha ? 'png' : 'jpeg';
};
