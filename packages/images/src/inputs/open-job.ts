import type { Plan } from '../plan/plan.ts';
import type { OriginalFile, RenderLimits } from '../render/job.ts';

/** What opening an original needs to know. */
export interface OpenJob {
  original: OriginalFile;
  plan: Plan;
  limits: RenderLimits;
}
