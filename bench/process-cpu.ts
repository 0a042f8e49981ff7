import { readFile } from 'node:fs/promises';

/** USER_HZ of Linux on every architecture that Node supports. */
const ticksPerSecond = 100;

const ticksOf = async (processId: number): Promise<number> => {
  const stat = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold spaces; utime and stime are fields 14 and 15 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
};

/** CPU milliseconds (user + system) that these processes have used since they began. */
export const cpuMilliseconds = async (processIds: readonly number[]): Promise<number> => {
  const ticks = await Promise.all(processIds.map(ticksOf));
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / ticksPerSecond;
};
