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

const readRows = (): ProcessRow[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readRow)
    .filter((row) => row !== undefined);

/** All that a process started and that still lives, and what those started. */
export const descendantsOf = (ancestor: number): number[] => {
  const rows = readRows();
  const found = [ancestor];
  // Grows while it is walked, until nobody has children that are not in it.
  for (const parent of found) {
    for (const row of rows) if (row.parent === parent) found.push(row.pid);
  }
  return found.slice(1);
};

/** Renderers that a process started and that still live. */
export const renderersOf = (parent: number): number[] =>
  readRows()
    .filter((row) => row.parent === parent)
    .map(({ pid }) => pid)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('images/src/render/child.ts'));

export const isAlive = (pid: number): boolean => readRow(String(pid)) !== undefined;

/** The nice value of each thread of a process. */
export const nicesOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
    // Field 19, the seventeenth after the name (proc(5)).
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });

/** Open file descriptors of this process. */
export const descriptors = (): number => readdirSync('/proc/self/fd').length;
