import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../usage-error.ts';

const KiB = 1024;
/** Far above any policy (20 KB at most) and any list of scenarios. */
const largestBytes = 16 * 1024 * KiB;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  ENOTDIR: 'is not there: part of its path is a file',
};

/** Reads a file, or standard input for `-` and, where it is no terminal, for no name. Throws a UsageError that names the file. */
export const readText = async (path: string | undefined): Promise<string> => {
  if (path === '-' || (path === undefined && !process.stdin.isTTY)) {
    const content = await text(process.stdin);
    if (content.trim() === '') throw new UsageError('Standard input is empty. Name a file, or pipe one in.');
    return content;
  }
  if (path === undefined) throw new UsageError('Name a file, or - for standard input.');
  try {
    if ((await stat(path)).size > largestBytes) throw new UsageError(`${path} is too long to be a policy.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    throw new UsageError(`${path} ${reasons[code] ?? `cannot be read (${code})`}.`, { cause: error });
  }
};

/** Reads JSON; a UsageError says where it breaks. */
export const readJson = async (path: string | undefined): Promise<unknown> => {
  const content = await readText(path);
  try {
    // What the file holds is for the caller to look at.
    return JSON.parse(content.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${path ?? 'Standard input'} is not JSON: ${error.message}`, { cause: error });
  }
};
