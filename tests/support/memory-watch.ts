import { setTimeout as delay } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { readProcessFacts } from '../../packages/images/src/render/process-facts.ts';
import { descendantsOf } from '../../packages/images/src/render/testing/child-processes.ts';

export interface WatchedProcess {
  pid: number;
  /** Its command line. */
  command: string;
  peakRssBytes: number;
}

/** What the descendants of a process held at most, those too that are gone. */
export interface MemoryWatch extends AsyncDisposable {
  readonly processes: readonly WatchedProcess[];
  /** How often it has looked. */
  readonly looks: number;
}

const everyMilliseconds = 20;
/** New processes are looked for every so many looks: a renderer needs longer than that to load. */
const looksPerTree = 4;

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
  } catch {
    // It ended a moment ago.
    return '';
  }
};

/**
 * Reads the resident memory of everything below a process every 20 ms until it is disposed. Linux only.
 *
 * @example
 * await using memory = watchMemory(server.pid);
 * await work();
 * Math.max(...memory.processes.map(({ peakRssBytes }) => peakRssBytes));
 */
export const watchMemory = (ancestor: number): MemoryWatch => {
  const processes = new Map<number, WatchedProcess>();
  const ended = new AbortController();
  let living: number[] = [];
  let looks = 0;

  const look = (pid: number): void => {
    const facts = readProcessFacts(pid);
    if (facts === undefined) return;
    const known = processes.get(pid);
    // A shell becomes a renderer under the same number.
    const command = known?.command.includes('child.ts') === true ? known.command : commandOf(pid);
    const peakRssBytes = Math.max(known?.peakRssBytes ?? 0, facts.rssBytes);
    processes.set(pid, { pid, command, peakRssBytes });
  };
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      if (looks % looksPerTree === 0) living = descendantsOf(ancestor);
      for (const pid of living) look(pid);
      looks += 1;
      await delay(everyMilliseconds);
    }
  };
  const watching = watch();

  return {
    get processes() {
      return [...processes.values()];
    },
    get looks() {
      return looks;
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await watching;
    },
  };
};
