import { readFileSync } from 'node:fs';
import type { OpenedOriginal } from '../inputs/opened-original.ts';
import type { WorkingPicture } from '../operations/operation.ts';
import type { PictureParameterName } from '../parameters/parameters.ts';
import type { OutputFormat } from '../plan/formats.ts';
import type { PictureJob } from '../render/job.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';

const strippers: Partial<Record<OutputFormat, (file: Buffer) => Buffer | null>> = {
  jpeg: stripJpeg,
  png: stripPng,
};

/** They say how large the picture is to be and how good at most: none of them shows where the size stays as it is. */
const harmless: readonly PictureParameterName[] = [
  'format',
  'quality',
  'width',
  'height',
  'mode',
  'aspect-ratio',
  'crop',
  'upscale',
  'page',
];
const isHarmless = (name: string): boolean => harmless.some((known) => known === name);

const changesNothing = (
  picture: WorkingPicture,
  opened: OpenedOriginal,
  { plan }: Pick<PictureJob, 'plan'>,
): boolean =>
  picture.width === opened.width &&
  picture.height === opened.height &&
  opened.facts.orientation === 1 &&
  // Colours that were converted on the way are others than the file's.
  picture.ownColors &&
  opened.inDisplayP3 !== true &&
  Object.keys(plan.values).every(isHarmless);

/**
 * Where nothing is asked for that shows, and the picture encoded anew is no smaller than the original: the original
 * without its notes. It looks as good or better, and a URL without parameters never makes a file larger. Else null.
 */
export const strippedOriginal = (
  format: OutputFormat,
  encodedBytes: number,
  picture: WorkingPicture,
  opened: OpenedOriginal,
  job: Pick<PictureJob, 'plan' | 'original'>,
): Uint8Array | null => {
  const strip = strippers[format];
  if (strip === undefined || opened.facts.format !== format || job.original.bytes > encodedBytes) return null;
  return changesNothing(picture, opened, job) ? strip(readFileSync(job.original.path)) : null;
};
