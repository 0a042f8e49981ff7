import { mkdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createRenderPool, RenderError, type Overlays, type RenderedPicture } from '@windlass/images';
import { overlayNames } from '@windlass/images/parameters';
import type { CommandOutput } from '../command-output.ts';
import { printable } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { planOf } from './check-parameters.ts';
import { givenParameters } from './parameter-options.ts';
import {
  createOverwriteGuard,
  formatOfName,
  outputOf,
  pathFor,
  writeWhole,
  type OverwriteGuard,
  type RenderOutput,
} from './render-output.ts';

export interface RenderOptions {
  output: string;
  json?: true;
  force?: true;
  /** One a parameter of the URL, as commander names it. */
  [parameter: string]: unknown;
}

/** What a person's own machine may read: much more than a server lets strangers ask for. */
const limits = {
  maxInputBytes: 500 * 1024 * 1024,
  maxInputPixels: 200_000_000,
  maxInputFrames: 1000,
  maxOutputSide: 16_384,
};

interface Report {
  file: string;
  output: string;
  format: string;
  width: number;
  height: number;
  bytes: number;
  originalBytes: number;
  milliseconds: number;
}

/** A file that is there, with its size. @throws UsageError */
const openFile = async (path: string) => {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new UsageError(`${printable(path)} is no file that can be read`);
  return { path: resolve(path), bytes: found.size };
};

/**
 * Overlays of the command line are files, absolute or not; what an overlay asks for itself stands behind a question
 * mark, as in a URL.
 */
const overlaysOf = async (given: Readonly<Record<string, string>>): Promise<Overlays> => {
  const found: Overlays = {};
  for (const name of overlayNames) {
    const text = given[name];
    if (text === undefined || text === '') continue;
    if (/^https?:/i.test(text)) throw new UsageError(`--${name} takes a file here, not a URL`);
    const [path = '', query = ''] = text.split('?', 2);
    const plan = planOf(Object.fromEntries(new URLSearchParams(query)));
    if (overlayNames.some((inner) => plan.values[inner] !== undefined))
      throw new UsageError(`--${name} takes a picture without overlays of its own here`);
    found[name] = { original: await openFile(path), plan, overlays: {}, facts: null };
  }
  return found;
};

const describe = ({ file, output, width, height, bytes, originalBytes, milliseconds }: Report): string =>
  `${printable(file)} -> ${printable(output)}: ${width} x ${height}, ${kilobytes(bytes)} of ${kilobytes(originalBytes)}, ${Math.round(milliseconds)} ms\n`;

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Returns the exit code: 1 where a picture could not be made; the others are written all the same. */
export const runRender = async (
  files: readonly string[],
  options: RenderOptions,
  output: CommandOutput,
): Promise<number> => {
  const target = await outputOf(options.output, files);
  const given = givenParameters(options);
  const named = target.kind === 'file' ? formatOfName(target.path) : undefined;
  if (given['format'] === undefined && named === undefined && target.kind === 'file')
    throw new UsageError(`${printable(target.path)} names no format: give --format`);
  const plan = planOf(
    { ...(named === undefined ? {} : { format: named }), ...given },
    { maxSide: limits.maxOutputSide },
  );
  const overlays = await overlaysOf(given);
  if (target.kind === 'folder') await mkdir(target.path, { recursive: true });

  const guard = createOverwriteGuard(files, target, options.force === true);
  await using pool = createRenderPool();
  const render = async (file: string): Promise<Report> => {
    const original = await openFile(file);
    // Refused before the work, where the name is known before it.
    const early =
      target.kind === 'stdout' || plan.format === 'auto' ? null : pathFor(target, file, plan.format);
    if (early !== null) await guard.claim(early);
    const job = { kind: 'picture', original, plan, limits, overlays, effort: 'normal' } as const;
    const picture = await pool.render({ job, team: 'command line', facts: null, urgency: 'now' });
    return {
      file,
      ...(await put(target, file, picture, early === null ? guard : null)),
      ...factsOf(picture),
      originalBytes: original.bytes,
    };
  };

  const reports: Report[] = [];
  let failed = false;
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      try {
        const report = await render(file);
        reports.push(report);
        if (options.json === undefined) output.warn(describe(report));
      } catch (error) {
        if (!(error instanceof RenderError || error instanceof UsageError)) throw error;
        failed = true;
        output.warn(`error: ${printable(file)}: ${error.message}\n`);
      }
    }
  };
  // As many as the pool has children, so that its queue never refuses one.
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  if (options.json !== undefined && target.kind !== 'stdout')
    output.write(`${JSON.stringify({ pictures: reports }, null, 2)}\n`);
  return failed ? 1 : 0;
};

const factsOf = ({ format, width, height, bytes, renderMilliseconds }: RenderedPicture) => ({
  format,
  width,
  height,
  bytes: bytes.byteLength,
  milliseconds: renderMilliseconds,
});

const put = async (
  target: RenderOutput,
  file: string,
  picture: RenderedPicture,
  guard: OverwriteGuard | null,
): Promise<{ output: string }> => {
  if (target.kind === 'stdout') {
    process.stdout.write(picture.bytes);
    return { output: '-' };
  }
  const path = pathFor(target, file, picture.format);
  await guard?.claim(path);
  await writeWhole(path, picture.bytes);
  return { output: path };
};
