import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { formatFacts, outputFormats, type OutputFormat } from '@windlass/images/parameters';
import { printable } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';

/** Where the pictures of a run go. */
export type RenderOutput =
  | { kind: 'stdout' }
  | { kind: 'file'; path: string }
  | { kind: 'folder'; path: string };

/** @throws UsageError where several pictures would go into one file */
export const outputOf = async (given: string, files: readonly string[]): Promise<RenderOutput> => {
  const isFolder = /[\\/]$/.test(given) || (await stat(given).catch(() => null))?.isDirectory() === true;
  if (isFolder) return { kind: 'folder', path: given };
  if (files.length > 1)
    throw new UsageError('--output must be a folder that is there, or end in /, for several files');
  return given === '-' ? { kind: 'stdout' } : { kind: 'file', path: given };
};

/** The format that a file's name stands for; undefined for a name that stands for none. */
export const formatOfName = (path: string): OutputFormat | undefined => {
  const extension = extname(path).slice(1).toLowerCase().replace('jpeg', 'jpg');
  return outputFormats.find((format) => formatFacts[format].extension === extension && extension !== 'txt');
};

/** The file that a picture of `file` goes to. */
export const pathFor = (
  output: RenderOutput & { path: string },
  file: string,
  format: OutputFormat,
): string =>
  output.kind === 'folder'
    ? join(output.path, `${basename(file, extname(file))}.${formatFacts[format].extension}`)
    : output.path;

export interface OverwriteGuard {
  /** @throws UsageError where the file must not be written */
  claim(path: string): Promise<void>;
}

/**
 * Says yes to each file that a run writes, once: no original of the run and no picture of it is written over, and nothing
 * that is in a folder already, but with `force`.
 */
export const createOverwriteGuard = (
  files: readonly string[],
  output: RenderOutput,
  force: boolean,
): OverwriteGuard => {
  const originals = new Set(files.map((file) => resolve(file)));
  const claimed = new Set<string>();
  return {
    claim: async (path) => {
      const whole = resolve(path);
      const shown = printable(path);
      if (originals.has(whole)) throw new UsageError(`${shown} is an original: it would be overwritten`);
      if (claimed.has(whole)) throw new UsageError(`${shown} is the name of another picture of this run`);
      claimed.add(whole);
      if (output.kind === 'folder' && !force && (await stat(path).catch(() => null)) !== null)
        throw new UsageError(`${shown} is there already: give --force to replace it`);
    },
  };
};

/** Whole or not at all: another program never reads half a picture. */
export const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};
