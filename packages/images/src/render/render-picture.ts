import { detectFaces } from '../faces/detect-faces.ts';
import { openOriginal } from '../inputs/open-original.ts';
import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { OperationContext, WorkingPicture } from '../operations/operation.ts';
import { operations } from '../operations/operations.ts';
import { drawLayers } from '../operations/stages.ts';
import { writeOutput } from '../outputs/write-output.ts';
import type { OverlayJob, PictureJob, RenderedPicture, RenderLimits } from './job.ts';
import { RenderError } from './render-error.ts';

const start = (opened: OpenedOriginal): WorkingPicture => ({
  image: opened.image,
  width: opened.width,
  height: opened.height,
  frames: opened.frames,
  alpha: opened.facts.alpha,
  stage: 'open',
  layers: [],
  ownColors: true,
  box: null,
});

/** An overlay is one frame with its transparency, whatever format its own URL names. */
const openOverlay = async (overlay: OverlayJob, limits: RenderLimits): Promise<WorkingPicture> => {
  const plan = { ...overlay.plan, format: 'png', background: overlay.plan.values['background-color'] ?? null } as const;
  const job = { ...overlay, plan, limits };
  return operate(await openOriginal(job), job);
};

const operate = async (
  opened: OpenedOriginal,
  { plan, limits, overlays }: Pick<PictureJob, 'plan' | 'limits' | 'overlays'>,
): Promise<WorkingPicture> => {
  const context: OperationContext = {
    plan,
    opened,
    limits,
    openOverlay: async (name) => {
      const overlay = overlays[name];
      return overlay === undefined ? null : openOverlay(overlay, limits);
    },
    findFaces: (picture) => detectFaces(picture.image.clone()),
  };
  let picture = start(opened);
  for (const operation of operations) {
    if (operation.applies(plan)) picture = await operation.apply(picture, context);
  }
  return drawLayers(picture);
};

/**
 * Decodes, changes and encodes one picture, as one pipeline of libvips wherever the plan allows it.
 *
 * @throws {RenderError} not-an-image, too-large or bad-value
 */
export const renderPicture = async (job: PictureJob): Promise<RenderedPicture> => {
  const started = performance.now();
  const opened = await openOriginal(job);
  try {
    const picture = await operate(opened, job);
    const prepared = performance.now();
    const output = await writeOutput(picture, opened, job);
    const ended = performance.now();
    return {
      ...output,
      width: picture.width,
      height: picture.height,
      facts: opened.facts,
      stages: { prepare: prepared - started, pipeline: ended - prepared },
      renderMilliseconds: ended - started,
    };
  } catch (cause) {
    if (cause instanceof RenderError) throw cause;
    throw new RenderError('not-an-image', 'This image is broken', { cause });
  }
};
