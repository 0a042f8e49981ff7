import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { parsePlan } from '../../plan/plan.ts';
import type { PictureJob, RenderLimits } from '../job.ts';
import { RenderError, type RenderFailure } from '../render-error.ts';
import type { RenderRequest } from '../render-request.ts';

export const limits: RenderLimits = {
  maxInputBytes: 50_000_000,
  maxInputPixels: 200_000_000,
  maxInputFrames: 20,
  maxOutputSide: 8192,
};

/** A folder with originals for tests of a pool, gone when it is disposed. */
export interface Originals extends AsyncDisposable {
  /** 64 x 64, JPEG. */
  small: string;
  /** 81 megapixels of three bytes in a file of a megabyte: 243 MB where all of it must be held. */
  bomb: string;
  write(name: string, bytes: Uint8Array): Promise<string>;
}

const plain = (side: number) =>
  sharp({
    create: { width: side, height: side, channels: 3, background: { r: 200, g: 90, b: 10 } },
    limitInputPixels: false,
  });

export const writeOriginals = async (): Promise<Originals> => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-render-'));
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  return {
    small: await write('small.jpg', await plain(64).jpeg().toBuffer()),
    bomb: await write('bomb.png', await plain(9000).png({ compressionLevel: 1 }).toBuffer()),
    write,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

export const request = (
  path: string,
  query: string,
  given: Partial<Omit<RenderRequest, 'job'>> & { job?: Partial<PictureJob> } = {},
): RenderRequest => ({
  team: 'team_a',
  facts: null,
  urgency: 'now',
  ...given,
  job: {
    kind: 'picture',
    original: { path, bytes: statSync(path).size },
    plan: parsePlan(query),
    limits,
    overlays: {},
    effort: 'normal',
    ...given.job,
  },
});

/** How a render ended, `none` for well. */
export const failureOf = async (work: Promise<unknown>): Promise<RenderFailure | 'none'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof RenderError) return error.reason;
    throw error;
  }
};
