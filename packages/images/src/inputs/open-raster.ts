import sharp, { type Metadata, type Sharp } from 'sharp';
import { uprightSize } from '../plan/geometry.ts';
import type { Plan } from '../plan/plan.ts';
import type { OriginalFacts, RenderLimits } from '../render/job.ts';
import { RenderError } from '../render/render-error.ts';
import type { InputFormat } from '../render/sniff.ts';
import { checkFrames, checkMemory, checkPixels } from './guards.ts';
import { isGifCutOff } from './gif-end.ts';
import type { OpenJob } from './open-job.ts';
import type { OpenedOriginal } from './opened-original.ts';
import { pageIndex, staysAnimated } from './plan-frames.ts';
import { keepsProfile } from './icc-profile.ts';
import { readHeader } from './read-header.ts';
import { turn } from './turn.ts';

/** Formats that libvips decodes by itself. */
export type RasterFormat = Exclude<InputFormat, 'svg' | 'pdf' | 'heic'>;

const moving: ReadonlySet<RasterFormat> = new Set(['gif', 'webp']);

const factsOf = (format: RasterFormat, header: Metadata): OriginalFacts => ({
  format,
  width: header.width,
  height: header.pageHeight ?? header.height,
  orientation: header.orientation ?? 1,
  // The pages of a TIFF and the pictures of an AVIF do not move.
  frames: moving.has(format) ? (header.pages ?? 1) : 1,
  alpha: header.hasAlpha,
  progressive: header.isProgressive,
});

const sampleBytes: Partial<Record<Metadata['depth'], number>> = {
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
};
const pixelBytes = ({ channels, depth }: Metadata): number => channels * (sampleBytes[depth] ?? 1);

/** Turned by a quarter or upside down: the last row comes first, so libvips keeps all of them. */
const needsAllRows = (orientation: number, { values }: Plan): boolean =>
  orientation > 2 || values.flip?.includes('vertical') === true || values.trim !== undefined;

/** These are decoded row by row and let go; of all others the whole picture is in memory anyway. */
const isStreamed = ({ format, progressive }: OriginalFacts): boolean =>
  !progressive && (format === 'jpeg' || format === 'png');

const guard = (
  header: Metadata,
  facts: OriginalFacts,
  frames: number,
  plan: Plan,
  limits: RenderLimits,
): void => {
  checkFrames(frames, limits);
  checkPixels(facts, frames, limits);
  const orientation = plan.values.orientation ?? facts.orientation;
  if (!isStreamed(facts) || needsAllRows(orientation, plan)) {
    checkMemory(facts, frames, pixelBytes(header), limits);
  }
};

/**
 * The file is opened by its path: the same CPU as from memory for a JPEG, 13 % less for a PNG of 30 MB, and its bytes
 * are never in our heap.
 */
const openFile = (
  path: string,
  limits: RenderLimits,
  pages: { animated: true } | { page: number },
  upright: boolean,
): Sharp =>
  sharp(path, {
    ...pages,
    autoOrient: upright,
    // Truncated files are refused; slips that every browser overlooks are not.
    failOn: 'truncated',
    limitInputPixels: limits.maxInputPixels,
    sequentialRead: true,
  });

export const openRaster = async (
  format: RasterFormat,
  { original, plan, limits }: OpenJob,
): Promise<OpenedOriginal> => {
  const header = await readHeader(original.path, format);
  const facts = factsOf(format, header);
  const animated = facts.frames > 1 && staysAnimated(plan);
  const frames = animated ? facts.frames : 1;
  guard(header, facts, frames, plan, limits);
  // libvips refuses what is cut off in every other format.
  if (format === 'gif' && isGifCutOff(original.path)) {
    throw new RenderError('not-an-image', 'This GIF is cut off');
  }

  const orientation = plan.values.orientation ?? facts.orientation;
  // EXIF's own orientation costs nothing: sharp turns in the pipeline, after it has shrunk. It turns no animation.
  const bySharp = orientation === facts.orientation && (frames === 1 || orientation === 1);
  const pages = animated ? ({ animated } as const) : { page: pageIndex(plan, header.pages ?? 1) };
  const opened: OpenedOriginal = {
    image: openFile(original.path, limits, pages, bySharp),
    facts,
    ...uprightSize(facts, orientation),
    frames,
    animation: animated ? { delayMilliseconds: header.delay ?? [], loop: header.loop ?? 0 } : null,
    rgbProfile: keepsProfile(header),
    inDisplayP3: header.icc !== undefined && header.space === 'rgb16',
  };
  return bySharp || orientation === 1 ? opened : turn(opened, orientation);
};
