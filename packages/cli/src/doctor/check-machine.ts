import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRenderPool, parsePlan } from '@windlass/images';
import { describeError, fail, ok, type Row } from './row.ts';

const neededMajor = 24;

export const checkNode = (): Row => {
  const { node } = process.versions;
  return Number.parseInt(node, 10) >= neededMajor
    ? ok('Node.js', node)
    : fail('Node.js', node, `Use Node ${neededMajor} or later; the clone brings one: npm ci.`);
};

/** The smallest whole PNG: one grey pixel. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

const limits = { maxInputBytes: 1024, maxInputPixels: 16, maxInputFrames: 1, maxOutputSide: 16 };

/** Renders that pixel as a WebP, through the same child process that pictures go through. */
export const checkRendering = async (): Promise<Row> => {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'windlass-doctor-'));
  try {
    const path = join(folder, 'pixel.png');
    await writeFile(path, onePixel);
    await using pool = createRenderPool({ size: 1, deadlineMilliseconds: 15_000 });
    const picture = await pool.render(
      {
        job: {
          kind: 'picture',
          original: { path, bytes: onePixel.byteLength },
          plan: parsePlan('format=webp'),
          limits,
          overlays: {},
          effort: 'normal',
        },
        team: 'doctor',
        facts: null,
        urgency: 'now',
      },
      AbortSignal.timeout(20_000),
    );
    const milliseconds = Math.round(performance.now() - startedAt);
    return ok('Rendering', `${picture.contentType} in ${milliseconds} ms, with the start of a child process`);
  } catch (error) {
    return fail(
      'Rendering',
      describeError(error),
      'Install again with npm ci; sharp needs its prebuilt library.',
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
