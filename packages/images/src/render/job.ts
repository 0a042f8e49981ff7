import type { OverlayName, Plan } from '../plan/plan.ts';
import type { OutputFormat } from '../plan/formats.ts';
import type { InputFormat } from './sniff.ts';
import type { RenderFailure } from './render-error.ts';

/** What a child refuses to go beyond, checked on the header before a pixel is decoded. */
export interface RenderLimits {
  maxInputBytes: number;
  /** Over all frames that are decoded. */
  maxInputPixels: number;
  maxInputFrames: number;
  maxOutputSide: number;
}

/** What the header of an original says. Sizes in pixels, before orientation is applied. */
export interface OriginalFacts {
  format: InputFormat;
  width: number;
  height: number;
  /** EXIF, 1 to 8. */
  orientation: number;
  frames: number;
  alpha: boolean;
  /** Progressive JPEG, interlaced PNG: two to four times as dear to decode. */
  progressive: boolean;
  /** An SVG that draws with filters: many times as dear. */
  filters?: boolean | undefined;
}

/** An original in a file that nobody changes while the job runs. Children open it themselves: no pixels cross a pipe. */
export interface OriginalFile {
  /** Absolute. */
  path: string;
  bytes: number;
}

/** A picture that is drawn over another one. */
export interface OverlayJob {
  original: OriginalFile;
  plan: Plan;
  overlays: Overlays;
  /** Null where nobody has looked at it yet: its cost is guessed by its bytes. */
  facts: OriginalFacts | null;
}
export type Overlays = Partial<Record<OverlayName, OverlayJob>>;

export interface PictureJob {
  kind: 'picture';
  original: OriginalFile;
  plan: Plan;
  limits: RenderLimits;
  overlays: Overlays;
  /** `slow` spends more CPU on fewer bytes: for pictures that are asked for often, made while nobody waits. */
  effort: 'normal' | 'slow';
}

/** A smaller stand-in for an original that is dear to decode: 2048 px, JPEG q90, or PNG where it has alpha. */
export interface MezzanineJob {
  kind: 'mezzanine';
  original: OriginalFile;
  limits: RenderLimits;
  /** Longest side in pixels. */
  side: number;
}

/** Parent to child, one at a time, so that an answer needs no number. */
export type RenderJob = PictureJob | MezzanineJob;

/** Milliseconds in the child, for Server-Timing and the cost model. */
export interface RenderStages {
  /** Header, guards, and what must be decoded before the pipeline runs (HEIC, PDF, faces, overlays). */
  prepare: number;
  /** Decode, operations and encode: libvips runs them as one pipeline. */
  pipeline: number;
}

export interface RenderedPicture {
  bytes: Uint8Array;
  contentType: string;
  /** What came out: `auto` is settled here, where alpha and frames are known. */
  format: OutputFormat;
  width: number;
  height: number;
  facts: OriginalFacts;
  stages: RenderStages;
  /** In the child, all stages. */
  renderMilliseconds: number;
}

/** What a job cost its child. */
export interface RenderUsage {
  rssBytes: number;
  /** The highest that the child ever was. */
  peakRssBytes: number;
  /** User and system, of this job alone. */
  cpuMilliseconds: number;
}

/** Child to parent, as the header of a frame; the bytes of a picture are its body. */
export type RenderAnswer = RenderUsage &
  (
    | { ok: true; picture: Omit<RenderedPicture, 'bytes'> }
    | { ok: false; reason: RenderFailure; message: string }
  );

/** Child to parent: it has loaded all it needs, and later, that it has begun with the job that it was given. */
export interface ChildNotice {
  notice: 'ready' | 'begun';
}
