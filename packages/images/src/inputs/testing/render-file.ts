import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '../../plan/plan.ts';
import type { ClientFacts } from '../../plan/accepts.ts';
import type { PictureJob, RenderedPicture, RenderLimits } from '../../render/job.ts';
import { RenderError, type RenderFailure } from '../../render/render-error.ts';
import { renderPicture } from '../../render/render-picture.ts';

export const limits: RenderLimits = {
  maxInputBytes: 50_000_000,
  maxInputPixels: 50_000_000,
  maxInputFrames: 100,
  maxOutputSide: 8192,
};

export interface FileOptions {
  limits?: Partial<RenderLimits>;
  client?: ClientFacts;
  effort?: PictureJob['effort'];
}

/** Renders bytes as a child would, in this process, from a file that is gone afterwards. */
export const renderFile = async (
  bytes: Uint8Array,
  query: string,
  options: FileOptions = {},
): Promise<RenderedPicture> => {
  const folder = mkdtempSync(join(tmpdir(), 'windlass-original-'));
  const path = join(folder, 'original');
  try {
    writeFileSync(path, bytes);
    return await renderPicture({
      kind: 'picture',
      original: { path, bytes: bytes.length },
      plan: parsePlan(query, {}, options.client),
      limits: { ...limits, ...options.limits },
      overlays: {},
      effort: options.effort ?? 'normal',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** How it fails; `none` where it does not. */
export const failureOf = async (
  bytes: Uint8Array,
  query = 'width=100',
  options: FileOptions = {},
): Promise<RenderFailure | 'none'> => {
  try {
    await renderFile(bytes, query, options);
    return 'none';
  } catch (error) {
    if (error instanceof RenderError) return error.reason;
    throw error;
  }
};
