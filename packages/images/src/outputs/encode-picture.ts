import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { WorkingPicture } from '../operations/operation.ts';
import { encoderSettings, type EncoderOptions } from '../plan/encoder-settings.ts';
import type { PictureFormat } from '../plan/formats.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import type { PictureJob } from '../render/job.ts';

const optionsOf = (
  { plan, effort }: Pick<PictureJob, 'plan' | 'effort'>,
  { frames }: WorkingPicture,
): EncoderOptions => ({
  animated: frames > 1,
  effort,
  subsample: valueOr(plan.values, 'subsample'),
  interlace: valueOr(plan.values, 'interlace'),
  quantise: valueOr(plan.values, 'quantise'),
  lossless: valueOr(plan.values, 'lossless'),
});

/** The times and the loop of an animation, in sharp's words; a pipeline over pixels has lost them. */
const motionOf = (picture: WorkingPicture, { animation }: OpenedOriginal) => {
  if (animation === null || picture.frames === 1) return {};
  const { delayMilliseconds, loop } = animation;
  return { loop, ...(delayMilliseconds.length === 0 ? {} : { delay: [...delayMilliseconds] }) };
};

/** Runs the pipeline into a file of this format. Metadata is gone already, but for a profile that the plan keeps. */
export const encodePicture = (
  format: PictureFormat,
  picture: WorkingPicture,
  opened: OpenedOriginal,
  job: Pick<PictureJob, 'plan' | 'effort'>,
): Promise<Buffer> => {
  const { image } = picture;
  const { quality } = job.plan;
  const options = optionsOf(job, picture);
  switch (format) {
    case 'jpeg':
      return image.jpeg(encoderSettings('jpeg', quality, options)).toBuffer();
    case 'png':
      return image.png(encoderSettings('png', quality, options)).toBuffer();
    case 'webp':
      return image
        .webp({ ...encoderSettings('webp', quality, options), ...motionOf(picture, opened) })
        .toBuffer();
    case 'avif':
      return image.avif(encoderSettings('avif', quality, options)).toBuffer();
    case 'gif':
      return image
        .gif({ ...encoderSettings('gif', quality, options), ...motionOf(picture, opened) })
        .toBuffer();
  }
};
