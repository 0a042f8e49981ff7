import { readFile } from 'node:fs/promises';
import { processTree } from '../images/process-tree.ts';
import { cpuMilliseconds } from '../process-cpu.ts';
import { peakResident } from './peak-resident.ts';

/** What takes part in an upload; Chromium's other processes stand still meanwhile. */
export const chromiumProcesses = ['renderer', 'network', 'browser'] as const;
export type ChromiumProcess = (typeof chromiumProcesses)[number];

export interface ProcessCost {
  cpuSeconds: number;
  /** Highest resident memory of the one that has grown most: a renderer is there for each page. */
  peakBytes: number;
}
export type ChromiumCost = Record<ChromiumProcess, ProcessCost>;

const kindOf = (command: string): ChromiumProcess | null => {
  if (command.includes('--type=renderer')) return 'renderer';
  if (command.includes('network.mojom.NetworkService')) return 'network';
  return command === '' || command.includes('--type=') ? null : 'browser';
};

/** So far, by what each process is for. @param browserProcess the one that has started the others */
export const costOfChromium = async (browserProcess: number): Promise<ChromiumCost> => {
  const none: ProcessCost = { cpuSeconds: 0, peakBytes: 0 };
  const cost: ChromiumCost = { renderer: none, network: none, browser: none };
  for (const processId of await processTree(browserProcess)) {
    const kind = kindOf(await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => ''));
    if (kind === null) continue;
    const { cpuSeconds, peakBytes } = cost[kind];
    cost[kind] = {
      cpuSeconds: cpuSeconds + (await cpuMilliseconds([processId])) / 1000,
      peakBytes: Math.max(peakBytes, await peakResident(processId)),
    };
  }
  return cost;
};

/** What came between; the highest memory is that of the whole life. */
export const costBetween = (before: ChromiumCost, after: ChromiumCost): ChromiumCost => {
  const of = (kind: ChromiumProcess): ProcessCost => ({
    cpuSeconds: after[kind].cpuSeconds - before[kind].cpuSeconds,
    peakBytes: after[kind].peakBytes,
  });
  return { renderer: of('renderer'), network: of('network'), browser: of('browser') };
};
