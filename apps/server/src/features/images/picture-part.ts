import type { OverlayName, Plan } from '@windlass/images';
import type { Origin, ResolvedSource } from '../sources/index.ts';
import { isPurged } from './cache/purges.ts';

/** One original that a picture is made of, with what to make of it: the picture itself, or an overlay in it. */
export interface PicturePart {
  /** The parameter that named it, e.g. `watermark`; null for the picture itself. */
  parameter: OverlayName | null;
  source: ResolvedSource;
  origin: Origin;
  /** Of the URL, below the source: purges name it. */
  path: string;
  /** What the origin calls it. */
  key: string;
  plan: Plan;
  overlays: readonly PicturePart[];
}

/** A part and all that is drawn over it, outer before inner. */
export const allParts = (part: PicturePart): readonly PicturePart[] => [
  part,
  ...part.overlays.flatMap(allParts),
];

/**
 * When the first URL of those that name a part stops working, in UNIX seconds; null: none does. The picture as a whole may
 * be held no longer.
 */
export const earliestExpiry = (part: PicturePart): number | null => {
  const found = allParts(part).flatMap(({ plan: { expires } }) => (expires === null ? [] : [expires]));
  return found.length === 0 ? null : Math.min(...found);
};

/** Says of a moment, in milliseconds of the epoch, whether what was known or made then has been purged since. */
export const purgedSince =
  ({ path, plan, source }: Pick<PicturePart, 'path' | 'plan' | 'source'>) =>
  (at: number): boolean =>
    isPurged({ madeAt: at, path, tags: plan.tags }, source.purges);
