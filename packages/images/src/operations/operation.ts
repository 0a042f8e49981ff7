import type { Sharp } from 'sharp';
import type { Plan } from '../plan/plan.ts';
import type { OriginalFacts, Overlays, RenderLimits } from '../render/job.ts';
import type { ParameterName } from '../parameters/parameters.ts';

/** The picture on its way: the pipeline so far and the size that it will have. */
export interface WorkingPicture {
  image: Sharp;
  width: number;
  height: number;
  /** More than one: an animation, its frames below each other as sharp keeps them. */
  frames: number;
}

export interface OperationContext {
  plan: Plan;
  facts: OriginalFacts;
  limits: RenderLimits;
  overlays: Overlays;
  /** Renders the picture of an overlay, with alpha, by its own plan. */
  renderOverlay(overlay: NonNullable<Overlays[keyof Overlays]>): Promise<{ bytes: Uint8Array; width: number; height: number }>;
}

/** One step of the pipeline, as data. `order` is the place that imglab's documentation gives it, or that we chose. */
export interface Operation {
  name: string;
  /** Ascending; each is unique. */
  order: number;
  /** The parameters that it reads: every parameter outside delivery belongs to an operation or to the output. */
  parameters: readonly ParameterName[];
  applies(plan: Plan): boolean;
  apply(picture: WorkingPicture, context: OperationContext): WorkingPicture | Promise<WorkingPicture>;
}
