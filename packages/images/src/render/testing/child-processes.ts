import { readdirSync, readFileSync } from 'node:fs';

interface ProcessRow {
  pid: number;
  parent: number;
}

const readRow = (name: string): ProcessRow | undefined => {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : { pid: Number(name), parent: Number(parent) };
  } catch {
    // It ended between the two reads.
    return undefined;
  }
};

/** Renderers that a process started and that still live. */
export const renderersOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readRow)
    .filter((row) => row?.parent === parent)
    .map((row) => row?.pid ?? 0)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('images/src/render/child.ts'));

export const isAlive = (pid: number): boolean => readRow(String(pid)) !== undefined;

/** Open file descriptors of this process. */
export const descriptors = (): number => readdirSync('/proc/self/fd').length;
