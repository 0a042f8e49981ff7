import { vectorScale } from '../inputs/vector-scale.ts';
import { textExtent } from '../operations/text-extent.ts';
import type { PictureValues } from '../parameters/parameters.ts';
import { formatFacts } from '../plan/formats.ts';
import { predictedSize, uprightSize, type Size } from '../plan/geometry.ts';
import type { Plan } from '../plan/plan.ts';
import {
  decodeCosts,
  describeMilliseconds,
  encodeCosts,
  facesBytes,
  filterBytesPerPixel,
  filterFactor,
  openMilliseconds,
  resizeMilliseconds,
  textCosts,
  wholeBytesPerPixel,
  workCosts,
  works,
  type Encoder,
  type Work,
} from './cost-table.ts';
import type {
  OriginalFacts,
  OriginalFile,
  OverlayJob,
  Overlays,
  PictureJob,
  RenderJob,
  RenderLimits,
} from './job.ts';

/** What a job will take, by tables. */
export interface Cost {
  /** CPU, user and system. */
  milliseconds: number;
  /** Resident memory beyond what a child holds when it rests. */
  bytes: number;
  /** Jobs whose error is alike: `jpeg>webp/plain`. From closed sets, so there are few. */
  class: string;
}

type Spent = Pick<Cost, 'milliseconds' | 'bytes'>;

const total = (costs: readonly Spent[]): Spent => ({
  milliseconds: costs.reduce((all, cost) => all + cost.milliseconds, 0),
  bytes: costs.reduce((all, cost) => all + cost.bytes, 0),
});

const megapixel = 1e6;
/** Cameras write three or four pixels to a byte; a guess that is too large only sends a thumbnail to the other lane. */
const pixelsPerByte = 4;

/** For an original that nobody has opened yet: a photograph, as most are. */
const guessFacts = ({ bytes }: OriginalFile, limits: RenderLimits): OriginalFacts => {
  const pixels = Math.min(bytes * pixelsPerByte, limits.maxInputPixels);
  const width = Math.max(1, Math.round(Math.sqrt(pixels * 1.5)));
  return {
    format: 'jpeg',
    width,
    height: Math.max(1, Math.round(width / 1.5)),
    orientation: 1,
    frames: 1,
    alpha: false,
    progressive: false,
  };
};

const settledFormat = ({ format, accepts }: Plan): Exclude<Plan['format'], 'auto'> => {
  if (format !== 'auto') return format;
  if (accepts?.avif === true) return 'avif';
  return accepts?.webp === true ? 'webp' : 'jpeg';
};

const encoderOf = ({ plan, effort }: PictureJob, frames: number): Encoder => {
  const { values } = plan;
  const format = settledFormat(plan);
  switch (format) {
    case 'jpeg':
      return values.interlace === true ? 'jpeg-progressive' : 'jpeg';
    case 'png':
      return values.quantise === true ? 'png-palette' : 'png';
    case 'webp':
      if (values.lossless === true) return 'webp-lossless';
      if (frames > 1) return 'webp-frames';
      return effort === 'slow' ? 'webp-slow' : 'webp';
    case 'avif':
      if (values.lossless === true) return 'avif-lossless';
      return effort === 'slow' ? 'avif-slow' : 'avif';
    case 'gif':
      return frames > 1 ? 'gif-frames' : 'gif';
    case 'blurhash':
    case 'thumbhash':
    case 'json':
      return format;
  }
};

const appliesWork = {
  faces: ({ values, fit }) => fit.mode === 'face' || (fit.mode === 'crop' && values.crop === 'face'),
  overlay: ({ values }) =>
    [values.shape, values.compose, values.watermark].some((target) => target !== undefined),
  whole: ({ values }) => values.trim !== undefined || values.region !== undefined,
  search: ({ values, fit }) =>
    fit.mode === 'crop' && (values.crop === 'attention' || values.crop === 'entropy'),
  paint: ({ values }) =>
    [values.blur, values.text, values.hue, values.saturate, values.sepia, values.invert].some(
      (value) => value !== undefined,
    ) ||
    (values.contain !== undefined && values.contain !== 'color'),
  plain: () => true,
} as const satisfies Record<Work, (plan: Plan) => boolean>;

const turns = ({ orientation }: OriginalFacts, { values }: Plan): boolean =>
  (values.orientation ?? orientation) > 1 || values.flip?.includes('vertical') === true;

/** A picture with more is refused before they are decoded, so no header can promise more work than that. */
const decodedFrames = (facts: OriginalFacts, { plan, limits }: PictureJob): number => {
  if (plan.values.page !== undefined || !formatFacts[settledFormat(plan)].animation) return 1;
  const fitting = Math.floor(limits.maxInputPixels / (facts.width * facts.height));
  return Math.max(1, Math.min(facts.frames, limits.maxInputFrames, fitting));
};

/** A drawing has the size at which it is drawn; the header's is where it starts from. */
const asDrawn = (facts: OriginalFacts, { plan, limits }: PictureJob): OriginalFacts => {
  if (facts.format !== 'svg' && facts.format !== 'pdf') return facts;
  const natural = uprightSize(facts, plan.values.orientation ?? facts.orientation);
  const scale = vectorScale(natural, plan, limits);
  const pixels = (side: number): number => Math.max(1, Math.round(side * scale));
  return { ...facts, width: pixels(facts.width), height: pixels(facts.height) };
};

const sizeOf = (facts: OriginalFacts, { plan, limits }: PictureJob, frames: number): Size =>
  predictedSize(facts, plan, {
    maxSide: Math.min(limits.maxOutputSide, formatFacts[settledFormat(plan)].maxSide),
    maxPixels: limits.maxInputPixels / frames,
  });

const decodeMilliseconds = (facts: OriginalFacts, shrinks: boolean): number => {
  const decoder = decodeCosts[facts.format];
  if (facts.progressive) return decoder.progressiveMilliseconds;
  if (shrinks) return decoder.shrunkMilliseconds;
  return decoder.milliseconds * (facts.filters === true ? filterFactor : 1);
};

const textCost = (values: PictureValues, picture: Size, limits: RenderLimits): Spent => {
  const extent = textExtent(values, picture, limits.maxOutputSide);
  if (extent === null) return { milliseconds: 0, bytes: 0 };
  const { fixed, fitted, perLetter, perMegapixel, bytesPerPixel } = textCosts;
  return {
    milliseconds:
      fixed +
      (extent.fitted ? fitted : 0) +
      perLetter * extent.letters +
      (perMegapixel * extent.pixels) / megapixel,
    bytes: bytesPerPixel * extent.pixels,
  };
};

/** @param facts as drawn */
const pictureCost = (
  job: PictureJob,
  facts: OriginalFacts,
  { frames, size, encoder }: { frames: number; size: Size; encoder: Encoder },
): Cost => {
  const { plan, limits } = job;
  const inputPixels = facts.width * facts.height;
  const outputPixels = size.width * size.height;
  const input = (inputPixels * frames) / megapixel;
  const output = (outputPixels * frames) / megapixel;

  const asked = works.filter((work) => appliesWork[work](plan));
  const whole = asked.includes('whole') || turns(facts, plan);
  const decoder = decodeCosts[facts.format];
  // libvips skips to a smaller size only where the result is at most half as large and all of the picture is wanted.
  const shrinks = !asked.includes('whole') && outputPixels * 4 <= inputPixels;
  const resized = outputPixels === inputPixels ? 0 : resizeMilliseconds;
  const described = encoder === 'pixels' ? 0 : (describeMilliseconds[settledFormat(plan)] ?? 0);
  const written = textCost(plan.values, size, limits);

  const milliseconds =
    openMilliseconds[facts.format] +
    input * decodeMilliseconds(facts, shrinks) +
    output * (resized + encodeCosts[encoder].milliseconds) +
    asked.reduce((sum, work) => sum + workCosts[work].fixed + workCosts[work].perMegapixel * output, 0) +
    written.milliseconds +
    described;

  const bytesPerPixel = facts.progressive
    ? decoder.progressiveBytesPerPixel
    : facts.filters === true
      ? filterBytesPerPixel
      : decoder.bytesPerPixel;
  // A drawing that is resized in the same pipeline is drawn smaller.
  const decoded = (shrinks && facts.format === 'svg' ? outputPixels : inputPixels) * bytesPerPixel;
  const heldPixels = shrinks && facts.format === 'jpeg' ? inputPixels / 4 : inputPixels;
  const heldBytes = whole ? (facts.alpha ? wholeBytesPerPixel.alpha : wholeBytesPerPixel.opaque) : 0;
  const held = heldPixels * frames * heldBytes;
  const encoded = outputPixels * encodeCosts[encoder].bytesPerPixel;
  const bytes =
    8 * megapixel +
    // An overlay that is held whole is drawn from what is held.
    (encoder === 'pixels' ? Math.max(decoded + encoded, held) : decoded + held + encoded) +
    (asked.includes('faces') ? facesBytes : 0) +
    written.bytes +
    // One frame of a WebP or GIF is encoded at a time, but the encoded ones add up.
    outputPixels * (frames - 1);

  const progressive = facts.progressive ? '-progressive' : '';
  return { milliseconds, bytes, class: `${facts.format}${progressive}>${encoder}/${asked[0] ?? 'plain'}` };
};

const fitsInside = ({ width, height }: Size, room: Size): Size => {
  const scale = Math.min(1, room.width / width, room.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/**
 * One that its plan changes is held in the size of that plan, however small it is drawn then; any other comes out of
 * the decoder in the size at which it is drawn.
 */
const overlayCost = (
  { original, plan, overlays, facts }: OverlayJob,
  limits: RenderLimits,
  base: Size,
): Spent => {
  const known = facts ?? guessFacts(original, limits);
  if (isRefused(known, limits)) return refusalCost(known);
  const job: PictureJob = { kind: 'picture', original, plan, limits, overlays, effort: 'normal' };
  const drawn = asDrawn(known, job);
  const own = sizeOf(drawn, job, 1);
  const changed =
    works.some((work) => work !== 'plain' && appliesWork[work](plan)) ||
    turns(known, plan) ||
    own.width * own.height !== drawn.width * drawn.height;
  const size = changed ? own : fitsInside(own, base);
  return total([
    pictureCost(job, drawn, { frames: 1, size, encoder: 'pixels' }),
    overlaysCost(overlays, limits, size),
  ]);
};

const overlaysCost = (overlays: Overlays, limits: RenderLimits, base: Size): Spent =>
  total(Object.values(overlays).map((overlay) => overlayCost(overlay, limits, base)));

const mezzanineCost = (facts: OriginalFacts, side: number): Cost => {
  const decoder = decodeCosts[facts.format];
  const pixels = facts.width * facts.height;
  const scale = Math.min(1, side / Math.max(facts.width, facts.height));
  const output = pixels * scale ** 2;
  const { milliseconds, bytesPerPixel } = encodeCosts[facts.alpha ? 'png' : 'jpeg'];
  const perMegapixel = facts.progressive ? decoder.progressiveMilliseconds : decoder.milliseconds;
  return {
    milliseconds:
      openMilliseconds[facts.format] +
      (pixels * perMegapixel + output * (resizeMilliseconds + milliseconds)) / megapixel,
    bytes:
      pixels * (facts.progressive ? decoder.progressiveBytesPerPixel : decoder.bytesPerPixel) +
      output * bytesPerPixel,
    class: `${facts.format}${facts.progressive ? '-progressive' : ''}>mezzanine`,
  };
};

const isRefused = ({ width, height }: OriginalFacts, { maxInputPixels }: RenderLimits): boolean =>
  width * height > maxInputPixels;

/** Of an original that its header alone keeps out: priced by the pixels that it promises, it would hold up all others. */
const refusalCost = ({ format }: OriginalFacts): Cost => ({
  milliseconds: openMilliseconds[format],
  bytes: 8 * megapixel,
  class: `${format}>refused`,
});

/**
 * What a job will take, before anything of it is done. Without facts the original counts as a photograph in JPEG of the
 * size that its bytes suggest.
 *
 * @example
 * // A 12 megapixel JPEG to 300 px WebP: about 33 ms, class `jpeg>webp/plain`.
 * predictCost(job, facts)
 */
export const predictCost = (job: RenderJob, facts: OriginalFacts | null): Cost => {
  const known = facts ?? guessFacts(job.original, job.limits);
  if (isRefused(known, job.limits)) return refusalCost(known);
  if (job.kind === 'mezzanine') return mezzanineCost(known, job.side);
  const drawn = asDrawn(known, job);
  const frames = decodedFrames(drawn, job);
  const size = sizeOf(drawn, job, frames);
  const own = pictureCost(job, drawn, { frames, size, encoder: encoderOf(job, frames) });
  return { ...own, ...total([own, overlaysCost(job.overlays, job.limits, size)]) };
};
