import { readFile } from 'node:fs/promises';

/**
 * Bytes that a process has read and written so far by any file descriptor, sockets among them (proc(5): rchar and wchar of
 * io): an upper bound of what went over its sockets.
 */
export const bytesThrough = async (processId: number): Promise<number> => {
  const text = await readFile(`/proc/${processId}/io`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return of('rchar') + of('wchar');
};
