import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { WorkingPicture } from '../operations/operation.ts';
import { formatFacts, type OutputFormat } from '../plan/formats.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import type { PictureJob } from '../render/job.ts';
import { outOfMemory } from '../render/out-of-memory.ts';
import { RenderError } from '../render/render-error.ts';
import { chooseFormat } from './choose-format.ts';
import { describePicture } from './describe-picture.ts';
import { encodePicture } from './encode-picture.ts';
import { blurhashOf, thumbhashOf } from './hashes.ts';
import { smallCopy } from './small-copy.ts';
import { strippedOriginal } from './stripped-original.ts';

export interface Output {
  bytes: Uint8Array;
  contentType: string;
  /** `auto` is settled. */
  format: OutputFormat;
}

type OutputJob = Pick<PictureJob, 'original' | 'plan' | 'effort'>;

const bytesOf = async (
  format: OutputFormat,
  picture: WorkingPicture,
  opened: OpenedOriginal,
  job: OutputJob,
): Promise<Uint8Array> => {
  switch (format) {
    case 'blurhash':
      return Buffer.from(blurhashOf(await smallCopy(picture), valueOr(job.plan.values, 'blurhash')));
    case 'thumbhash':
      return Buffer.from(thumbhashOf(await smallCopy(picture)));
    case 'json':
      return Buffer.from(JSON.stringify(await describePicture(picture, opened, job)));
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'avif':
    case 'gif': {
      const encoded = await encodePicture(format, picture, opened, job);
      return strippedOriginal(format, encoded.length, picture, opened, job) ?? encoded;
    }
  }
};

/**
 * Runs the pipeline and writes what comes out: this is where pixels are decoded, so a file that is broken behind its
 * header ends here. Nothing that an original says about people and places is ever passed on.
 *
 * @throws RenderError not-an-image
 */
export const writeOutput = async (
  picture: WorkingPicture,
  opened: OpenedOriginal,
  job: OutputJob,
): Promise<Output> => {
  const format = chooseFormat(job.plan, picture);
  try {
    const bytes = await bytesOf(format, picture, opened, job);
    return { bytes, contentType: formatFacts[format].contentType, format };
  } catch (cause) {
    // The renderer tells a want of memory from a broken file.
    if (cause instanceof RenderError || outOfMemory(cause)) throw cause;
    throw new RenderError('not-an-image', 'This image is broken', { cause });
  }
};
