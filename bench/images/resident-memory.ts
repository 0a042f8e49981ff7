import { readFile } from 'node:fs/promises';
import { processTree } from './process-tree.ts';

const kinds = ['gateway', 'children', 'PostgreSQL'] as const;
type Kind = (typeof kinds)[number];
/** Bytes. */
export type Memory = Record<Kind | 'whole', number>;

const KiB = 1024;

const read = (processId: number, file: string): Promise<string> =>
  readFile(`/proc/${processId}/${file}`, 'utf8').catch(() => '');

const kindOf = async (processId: number, root: number): Promise<Kind> => {
  if (processId === root) return 'gateway';
  return (await read(processId, 'comm')).startsWith('postgres') ? 'PostgreSQL' : 'children';
};

/**
 * Memory of a server and all its processes now. Of the gateway what is resident; of the others their proportional share
 * (PSS), because PostgreSQL's processes all map the same buffers, which would count many times.
 */
export const residentMemory = async (root: number): Promise<Memory> => {
  const memory: Memory = { gateway: 0, children: 0, PostgreSQL: 0, whole: 0 };
  for (const processId of await processTree(root)) {
    const [name, kind] = [processId === root ? 'Rss' : 'Pss', await kindOf(processId, root)];
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(
      await read(processId, 'smaps_rollup'),
    )?.[1];
    memory[kind] += Number(kibibytes ?? 0) * KiB;
    memory.whole += Number(kibibytes ?? 0) * KiB;
  }
  return memory;
};

/** The highest of each, which need not have been at the same moment. */
export const highest = (all: readonly Memory[]): Memory => {
  const most = (name: keyof Memory): number => Math.max(0, ...all.map((each) => each[name]));
  return {
    gateway: most('gateway'),
    children: most('children'),
    PostgreSQL: most('PostgreSQL'),
    whole: most('whole'),
  };
};
