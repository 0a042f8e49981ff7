import type { Plan } from '../plan/plan.ts';
import type { RenderFailure } from './render-error.ts';

/** What a child refuses to go beyond, checked on the header before a pixel is decoded. */
export interface RenderLimits {
  maxInputBytes: number;
  /** Over all frames that are decoded. */
  maxInputPixels: number;
  maxInputFrames: number;
  maxOutputSide: number;
}

export interface RenderedPicture {
  bytes: Uint8Array;
  contentType: string;
  width: number;
  height: number;
  /** In the child: header, decode, resize and encode. */
  renderMilliseconds: number;
}

/** Parent to child. One at a time, so an answer needs no number. */
export interface RenderJob {
  original: Uint8Array;
  plan: Plan;
  limits: RenderLimits;
}

/** Child to parent. */
export type RenderAnswer = { rssBytes: number } & (
  | { ok: true; picture: RenderedPicture }
  | { ok: false; reason: RenderFailure; message: string }
);
