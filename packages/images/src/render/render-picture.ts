import { detectFaces } from '../faces/detect-faces.ts';
import { openOriginal } from '../inputs/open-original.ts';
import type { OpenedOriginal } from '../inputs/opened-original.ts';
import { applyOperations } from '../operations/apply-operations.ts';
import type { OperationContext, WorkingPicture } from '../operations/operation.ts';
import { firstFrame } from '../operations/stages.ts';
import { writeOutput } from '../outputs/write-output.ts';
import type { OverlayJob, PictureJob, RenderedPicture } from './job.ts';
import { outOfMemory } from './out-of-memory.ts';
import { RenderError } from './render-error.ts';

/** An overlay is one frame with its transparency, whatever format its own URL names. */
const openOverlay = async (overlay: OverlayJob, base: PictureJob): Promise<WorkingPicture> => {
  const background = overlay.plan.values['background-color'] ?? null;
  const job: PictureJob = { ...base, ...overlay, plan: { ...overlay.plan, format: 'png', background } };
  return applyOperations(contextOf(await openOriginal(job), job));
};

const contextOf = (opened: OpenedOriginal, job: PictureJob): OperationContext => ({
  plan: job.plan,
  opened,
  limits: job.limits,
  openOverlay: async (name) => {
    const overlay = job.overlays[name];
    return overlay === undefined ? null : openOverlay(overlay, job);
  },
  findFaces: async (picture) => detectFaces((await firstFrame(picture)).image.clone()),
});

/**
 * Decodes, changes and encodes one picture, as one pipeline of libvips wherever the plan allows it.
 *
 * @throws {RenderError} not-an-image, too-large or bad-value
 */
export const renderPicture = async (job: PictureJob): Promise<RenderedPicture> => {
  const started = performance.now();
  try {
    const opened = await openOriginal(job);
    const picture = await applyOperations(contextOf(opened, job));
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
    // Whoever runs this tells a want of memory from a broken file.
    if (cause instanceof RenderError || outOfMemory(cause)) throw cause;
    throw new RenderError('not-an-image', 'This image is broken', { cause });
  }
};
