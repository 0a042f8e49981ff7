import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan, RenderError, type RenderPool } from '@windlass/images';
import type { ReadinessCheck } from '../platform/http/index.ts';

/** A portable greymap of one pixel would do; this is the smallest GIF, which every build of sharp reads. */
const onePixel = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const limits = { maxInputBytes: 1024, maxInputPixels: 256, maxInputFrames: 1, maxOutputSide: 16 };
const trustedMilliseconds = 30_000;

/** Renders one pixel, at most twice a minute. A pool that is busy works. */
export const createRenderCheck = async (
  pool: RenderPool,
  stack: AsyncDisposableStack,
): Promise<ReadinessCheck> => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-check-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'pixel.gif');
  await writeFile(path, onePixel);
  let workedAt = -Infinity;
  return {
    name: 'render pool',
    failure: 'no picture can be rendered',
    run: async (signal) => {
      if (performance.now() - workedAt < trustedMilliseconds) return;
      const job = {
        kind: 'picture',
        original: { path, bytes: onePixel.byteLength },
        plan: parsePlan('width=1&format=png'),
        limits,
        overlays: {},
        effort: 'normal',
      } as const;
      try {
        await pool.render({ job, team: 'readiness', facts: null, urgency: 'now' }, signal);
      } catch (error) {
        if (!(error instanceof RenderError && error.reason === 'busy')) throw error;
      }
      workedAt = performance.now();
    },
  };
};
