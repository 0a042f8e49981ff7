import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuMilliseconds } from '../process-cpu.ts';
import type { ChromiumCost } from './chromium-cost.ts';
import { peakResident } from './peak-resident.ts';

/** What one upload cost. */
export interface Cost {
  seconds: number;
  /** Of the client, user and system. */
  cpuSeconds: number;
  /** Highest resident memory of the client's process. */
  peakBytes: number;
  /** Of a browser, what each of its processes has cost. */
  processes?: ChromiumCost;
}

const sampleMilliseconds = 50;

/** @throws Error with the program's own words where it fails */
export const runMeasured = async (
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Cost> => {
  const before = await waitedFor();
  const began = performance.now();
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)));
  let peakBytes = 0;
  const sampler = setInterval(() => {
    if (child.pid !== undefined)
      void peakResident(child.pid).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
  }, sampleMilliseconds);
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}: ${words}`);
  } finally {
    clearInterval(sampler);
  }
  const seconds = (performance.now() - began) / 1000;
  return { seconds, cpuSeconds: ((await waitedFor()) - before) / 1000, peakBytes };
};

/** CPU milliseconds of children of this process that have ended. */
const waitedFor = async (): Promise<number> => {
  const { user, system } = process.cpuUsage();
  return (await cpuMilliseconds([process.pid])) - (user + system) / 1000;
};
