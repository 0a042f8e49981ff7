import { formatFacts, pictureFormats } from '../plan/formats.ts';
import { predictedSize } from '../plan/geometry.ts';
import { uprightSize } from '../plan/geometry.ts';
import type { Plan } from '../plan/plan.ts';
import type { OriginalFacts } from './job.ts';

/** What has a meaning only on the original: its own pixels, its pages, its metadata. */
const needsOriginal = ['region', 'trim', 'page', 'lossless', 'orientation'] as const;

/**
 * Whether a picture may be made from a stand-in whose longest side is `side`, and look as if made from the original:
 * nothing of the result may be enlarged from it, and nothing may be asked of the original itself (its metadata, its
 * frames, its exact pixels; hashes and `json` describe the original).
 *
 * @example canUseMezzanine(parsePlan('width=600&format=webp'), facts, 2048) // true for a photograph of 12 megapixels
 */
export const canUseMezzanine = (plan: Plan, facts: OriginalFacts, side: number): boolean => {
  const { values, format, fit } = plan;
  const longest = Math.max(facts.width, facts.height);
  if (longest <= side) return false;
  if (needsOriginal.some((name) => values[name] !== undefined)) return false;
  if (format !== 'auto' && !pictureFormats.some((picture) => picture === format)) return false;
  const moves = format === 'auto' || formatFacts[format].animation;
  if (facts.frames > 1 && moves) return false;
  // Faces may be a small part of the picture, and are then enlarged.
  if (fit.mode === 'face') return false;
  const upright = uprightSize(facts, facts.orientation);
  const size = predictedSize(facts, plan, { maxSide: Infinity, maxPixels: Infinity });
  // A crop is as large as its box, a contained picture at most so: the larger scale is what the pixels need.
  const scale = Math.max(size.width / upright.width, size.height / upright.height);
  return scale <= side / longest;
};
