import { formatFacts } from '../plan/formats.ts';
import type { Plan } from '../plan/plan.ts';
import { RenderError } from '../render/render-error.ts';

/** Whether an animation stays one: the format that comes out moves, and no single frame is asked for. */
export const staysAnimated = ({ format, values }: Plan): boolean =>
  values.page === undefined && (format === 'auto' || formatFacts[format].animation);

/**
 * The page or frame that the plan picks, counted from 0.
 *
 * @throws RenderError bad-value, where the original does not have it
 */
export const pageIndex = ({ values }: Plan, pages: number): number => {
  const page = values.page ?? 1;
  if (page <= pages) return page - 1;
  throw new RenderError('bad-value', `page takes at most ${pages} for this original`);
};
