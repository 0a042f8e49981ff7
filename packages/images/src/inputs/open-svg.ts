import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { uprightSize } from '../plan/geometry.ts';
import { RenderError } from '../render/render-error.ts';
import { checkPixels } from './guards.ts';
import type { OpenJob } from './open-job.ts';
import type { OpenedOriginal } from './opened-original.ts';
import { svgFilters } from './peek-header.ts';
import { pageIndex } from './plan-frames.ts';
import { readHeader } from './read-header.ts';
import { checkSvg } from './svg-guard.ts';
import { turn } from './turn.ts';
import { vectorScale } from './vector-scale.ts';

/** A drawing of this size takes a second to read alone. */
const maxSvgBytes = 10 * 1024 * 1024;
/** Dots an inch at which one CSS pixel is one pixel here. */
const naturalDensity = 72;

const readText = (path: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    throw new RenderError('not-an-image', 'This SVG is not in UTF-8', { cause });
  }
};

/**
 * A drawing becomes pixels at the size that is asked for. Its natural size is `width` and `height`, else the `viewBox`.
 * The SVG itself is never handed on.
 */
export const openSvg = async ({ original, plan, limits }: OpenJob): Promise<OpenedOriginal> => {
  if (original.bytes > maxSvgBytes)
    throw new RenderError('too-large', `An SVG has at most ${maxSvgBytes} bytes`);
  const text = readText(original.path);
  checkSvg(text, limits);
  const bytes = Buffer.from(text);
  const natural = await readHeader(bytes, 'svg');
  checkPixels(natural, 1, limits);
  pageIndex(plan, 1);

  const orientation = plan.values.orientation ?? 1;
  const scale = vectorScale(uprightSize(natural, orientation), plan, limits);
  const density = Math.max(1, naturalDensity * scale);
  const drawn = density === naturalDensity ? natural : await readHeader(bytes, 'svg', { density });
  checkPixels(drawn, 1, limits);
  const { width, height } = natural;
  const opened: OpenedOriginal = {
    image: sharp(bytes, { density, limitInputPixels: limits.maxInputPixels }),
    facts: {
      format: 'svg',
      width,
      height,
      orientation: 1,
      frames: 1,
      alpha: true,
      progressive: false,
      ...svgFilters(text),
    },
    ...uprightSize(drawn, orientation),
    frames: 1,
    animation: null,
    rgbProfile: false,
  };
  return orientation === 1 ? opened : turn(opened, orientation);
};
