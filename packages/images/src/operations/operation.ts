import type { OverlayOptions, Sharp } from 'sharp';
import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { ParameterName } from '../parameters/parameters.ts';
import type { Size } from '../plan/geometry.ts';
import type { OverlayName } from '../parameters/overlay.ts';
import type { Plan } from '../plan/plan.ts';
import type { RenderLimits } from '../render/job.ts';
import type { Face } from '../faces/face.ts';
import type { Stage } from './stage-order.ts';

/** The picture on its way: the pipeline so far and the size that it will have. */
export interface WorkingPicture {
  image: Sharp;
  width: number;
  height: number;
  /** More than one: an animation, its frames below each other as sharp keeps them. */
  frames: number;
  /** Some of it may be transparent. */
  alpha: boolean;
  /** How far into sharp's own order the pipeline reaches. */
  stage: Stage;
  /** Pictures that wait to be drawn over this one, lowest first. */
  layers: readonly OverlayOptions[];
  /** Its pixels are still in the original's colour space, so that the original's profile still fits. */
  ownColors: boolean;
  /** Its pixels are on the way in Display P3, see `OpenedOriginal`. */
  inDisplayP3: boolean;
  /** What `mode=contain` pads it to, once it has its size. */
  box: Size | null;
}

export interface OperationContext {
  plan: Plan;
  opened: OpenedOriginal;
  limits: RenderLimits;
  /** The picture of an overlay by its own plan, with alpha, one frame; null where the job brings none. */
  openOverlay(name: OverlayName): Promise<WorkingPicture | null>;
  /** Faces in the picture as it is now, largest first. Loads the model and decodes on its own: for what must have them. */
  findFaces(picture: WorkingPicture): Promise<readonly Face[]>;
}

/** One step of the pipeline, as data. `order` is the place that imglab's documentation gives it, or that we chose. */
export interface Operation {
  name: string;
  /** Ascending; each is unique. */
  order: number;
  /** The parameters that it reads: every parameter outside delivery belongs to an operation or to the output. */
  parameters: readonly ParameterName[];
  applies(plan: Plan): boolean;
  /** @throws {RenderError} bad-value, for a plan that this picture cannot follow */
  apply(picture: WorkingPicture, context: OperationContext): WorkingPicture | Promise<WorkingPicture>;
}
