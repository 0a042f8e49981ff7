import { formatFacts } from '../plan/formats.ts';
import { predictedSize } from '../plan/geometry.ts';
import type { Plan } from '../plan/plan.ts';
import {
  decodeCosts,
  describeMilliseconds,
  encodeCosts,
  facesBytes,
  openMilliseconds,
  resizeMilliseconds,
  wholeBytesPerPixel,
  workCosts,
  works,
  type Encoder,
  type Work,
} from './cost-table.ts';
import type { OriginalFacts, OriginalFile, Overlays, PictureJob, RenderJob, RenderLimits } from './job.ts';

/** What a job will take, by tables. */
export interface Cost {
  /** CPU, user and system. */
  milliseconds: number;
  /** Resident memory beyond what a child holds when it rests. */
  bytes: number;
  /** Jobs whose error is alike: `jpeg>webp/plain`. From closed sets, so there are few. */
  class: string;
}

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

const pictureCost = (job: PictureJob, facts: OriginalFacts): Cost => {
  const { plan, limits } = job;
  const frames = decodedFrames(facts, job);
  const format = settledFormat(plan);
  const size = predictedSize(facts, plan, {
    maxSide: Math.min(limits.maxOutputSide, formatFacts[format].maxSide),
    maxPixels: limits.maxInputPixels / frames,
  });
  const inputPixels = facts.width * facts.height;
  const outputPixels = size.width * size.height;
  const input = (inputPixels * frames) / megapixel;
  const output = (outputPixels * frames) / megapixel;

  const asked = works.filter((work) => appliesWork[work](plan));
  const whole = asked.includes('whole') || turns(facts, plan);
  const decoder = decodeCosts[facts.format];
  // libvips skips to a smaller size only where the result is at most half as large and all of the picture is wanted.
  const shrinks = !asked.includes('whole') && outputPixels * 4 <= inputPixels;
  const perMegapixel = facts.progressive
    ? decoder.progressiveMilliseconds
    : shrinks
      ? decoder.shrunkMilliseconds
      : decoder.milliseconds;
  const resized = outputPixels === inputPixels ? 0 : resizeMilliseconds;
  const encoder = encoderOf(job, frames);
  const described = describeMilliseconds[format] ?? 0;

  const milliseconds =
    openMilliseconds[facts.format] +
    input * perMegapixel +
    output * (resized + encodeCosts[encoder].milliseconds) +
    asked.reduce((sum, work) => sum + workCosts[work].fixed + workCosts[work].perMegapixel * output, 0) +
    described;

  const decodedBytes = facts.progressive ? decoder.progressiveBytesPerPixel : decoder.bytesPerPixel;
  const heldPixels = shrinks && facts.format === 'jpeg' ? inputPixels / 4 : inputPixels;
  const heldBytes = whole ? (facts.alpha ? wholeBytesPerPixel.alpha : wholeBytesPerPixel.opaque) : 0;
  const bytes =
    8 * megapixel +
    inputPixels * decodedBytes +
    heldPixels * frames * heldBytes +
    (asked.includes('faces') ? facesBytes : 0) +
    // One frame of a WebP or GIF is encoded at a time, but the encoded ones add up.
    outputPixels * encodeCosts[encoder].bytesPerPixel +
    outputPixels * (frames - 1);

  const progressive = facts.progressive ? '-progressive' : '';
  return { milliseconds, bytes, class: `${facts.format}${progressive}>${encoder}/${asked[0] ?? 'plain'}` };
};

const overlayCost = (overlays: Overlays, limits: RenderLimits): Pick<Cost, 'milliseconds' | 'bytes'> => {
  const costs = Object.values(overlays).map(({ original, plan, overlays: inner }) =>
    predictCost({ kind: 'picture', original, plan, limits, overlays: inner, effort: 'normal' }, null),
  );
  return {
    milliseconds: costs.reduce((sum, cost) => sum + cost.milliseconds, 0),
    bytes: costs.reduce((sum, cost) => sum + cost.bytes, 0),
  };
};

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
  // Its header refuses it. Priced by what it claims, it would be told that the renderer is busy, and told so for ever.
  if (known.width * known.height > job.limits.maxInputPixels) {
    return {
      milliseconds: openMilliseconds[known.format],
      bytes: 8 * megapixel,
      class: `${known.format}>refused`,
    };
  }
  if (job.kind === 'mezzanine') return mezzanineCost(known, job.side);
  if (known.width * known.height > job.limits.maxInputPixels) return refusalCost(known);
  const own = pictureCost(job, known);
  const overlays = overlayCost(job.overlays, job.limits);
  return {
    milliseconds: own.milliseconds + overlays.milliseconds,
    bytes: own.bytes + overlays.bytes,
    class: own.class,
  };
};
