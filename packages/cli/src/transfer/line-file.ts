import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LineFile {
  /** Resolves when the line is in the file, where it survives the death of this process. It holds no line break. */
  append(line: string): Promise<void>;
  /** Resolves when everything that was appended is there. */
  settled(): Promise<void>;
}

/**
 * Appends lines to a file of this user alone, each whole and in their order. Those that come while a write is under way go
 * together with the next one: a line for each of thousands of files costs a write for dozens of them.
 *
 * @param fresh whether the file ends in a line break, or is not there yet; else what a crash has cut off ends with the first line
 */
export const createLineFile = (path: string, { fresh }: { fresh: boolean }): LineFile => {
  let waiting = fresh ? '' : '\n';
  let isMade = false;
  let underWay: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    next = null;
    const text = waiting;
    waiting = '';
    if (!isMade) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    isMade = true;
    try {
      await appendFile(path, text, { mode: 0o600 });
    } catch (error) {
      // Some of it may be there, without its end.
      waiting = `\n${waiting}`;
      throw error;
    }
  };

  return {
    append: (line) => {
      waiting += `${line}\n`;
      // One that has failed is told to those whose lines it had.
      next ??= underWay = underWay.catch(() => undefined).then(write);
      return next;
    },
    settled: () => underWay,
  };
};
