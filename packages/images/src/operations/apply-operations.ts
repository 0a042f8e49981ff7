import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { OperationContext, WorkingPicture } from './operation.ts';
import { operations } from './operations.ts';
import { drawLayers } from './stages.ts';

const begin = (opened: OpenedOriginal): WorkingPicture => ({
  image: opened.image,
  width: opened.width,
  height: opened.height,
  frames: opened.frames,
  alpha: opened.facts.alpha,
  stage: 'open',
  layers: [],
  ownColors: true,
  inDisplayP3: opened.inDisplayP3 === true,
  box: null,
});

/**
 * Everything that the plan does to pixels, up to the encoder. Nothing is decoded yet where one pipeline can do it all.
 *
 * @throws {RenderError} bad-value, for a plan that this picture cannot follow
 */
export const applyOperations = async (context: OperationContext): Promise<WorkingPicture> => {
  let picture = begin(context.opened);
  for (const operation of operations) {
    if (operation.applies(context.plan)) picture = await operation.apply(picture, context);
  }
  return drawLayers(picture);
};
