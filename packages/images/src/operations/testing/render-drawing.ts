import sharp from 'sharp';
import type { Face } from '../../faces/face.ts';
import type { OpenedOriginal } from '../../inputs/opened-original.ts';
import { parsePlan, type OverlayName, type Plan } from '../../plan/plan.ts';
import type { RenderLimits } from '../../render/job.ts';
import { applyOperations } from '../apply-operations.ts';
import type { WorkingPicture } from '../operation.ts';
import { fileOf, type Drawing } from './drawings.ts';

export const limits: RenderLimits = {
  maxInputBytes: 1_000_000,
  maxInputPixels: 50_000_000,
  maxInputFrames: 100,
  maxOutputSide: 8192,
};

/** Opens a file as the renderer does, without its guards. */
export const openFile = async (file: Buffer, animated: boolean): Promise<OpenedOriginal> => {
  const header = await sharp(file, { animated }).metadata();
  const { format, width, height, pages = 1, pageHeight = height, orientation = 1, hasAlpha, icc } = header;
  const { delay = [], loop = 0 } = header;
  const frames = animated ? pages : 1;
  const turned = orientation >= 5;
  const facts = {
    format,
    width,
    height: pageHeight,
    orientation,
    frames,
    alpha: hasAlpha,
    progressive: false,
  };
  return {
    image: sharp(file, { animated, autoOrient: true, limitInputPixels: false }),
    // The drawings are of formats that sharp and we give the same name.
    facts: facts as OpenedOriginal['facts'],
    width: turned ? pageHeight : width,
    height: turned ? width : pageHeight,
    frames,
    animation: frames > 1 ? { delayMilliseconds: delay, loop } : null,
    rgbProfile: icc?.toString('latin1', 16, 20) === 'RGB ',
    inDisplayP3: icc !== undefined && header.space === 'rgb16',
  };
};

export interface DrawingJob {
  /** A drawing, or the bytes of a file. */
  original: Drawing | Buffer;
  query: string;
  overlays?: Partial<Record<OverlayName, { drawing: Drawing; query?: string }>>;
  faces?: readonly Face[];
}

const operate = async (original: Drawing | Buffer, plan: Plan, job: DrawingJob): Promise<WorkingPicture> => {
  const file = Buffer.isBuffer(original) ? original : await fileOf(original);
  const opened = await openFile(file, plan.format === 'webp' || plan.format === 'gif');
  return applyOperations({
    plan,
    opened,
    limits,
    openOverlay: async (name) => {
      const overlay = job.overlays?.[name];
      if (overlay === undefined) return null;
      return operate(overlay.drawing, parsePlan(`${overlay.query ?? ''}&format=png`), {
        ...job,
        overlays: {},
      });
    },
    findFaces: async () => job.faces ?? [],
  });
};

/** What the operations make of a drawing, before an encoder. `format=png` unless the query names another. */
export const operateOn = async (job: DrawingJob): Promise<WorkingPicture> => {
  const format = job.query.includes('format=') ? '' : '&format=png';
  return operate(job.original, parsePlan(`${job.query}${format}`), job);
};

export interface DrawnPixels {
  width: number;
  height: number;
  channels: number;
  data: Buffer;
  /** Channels of one pixel; of all frames, counted from the top of the first. */
  at(x: number, y: number): number[];
}

export const pixelsOf = async (job: DrawingJob): Promise<DrawnPixels> => {
  const { image } = await operateOn(job);
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const at = (x: number, y: number): number[] => {
    const start = (y * width + x) * channels;
    return [...data.subarray(start, start + channels)];
  };
  return { width, height, channels, data, at };
};

/** The result as PNG, the frames of an animation below each other. */
export const pngOf = async (job: DrawingJob): Promise<Buffer> => {
  const { data, width, height, channels } = await pixelsOf(job);
  // sharp gives one to four channels.
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  return sharp(data, { raw }).png().toBuffer();
};
