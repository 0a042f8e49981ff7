import { readFile } from 'node:fs/promises';

/** USER_HZ of Linux on every architecture that Node supports. */
const ticksPerSecond = 100;

const ticksOf = async (processId: number): Promise<number> => {
  const stat = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold spaces; fields 14 to 17 are utime and stime, and those of children that have ended
  // and were waited for (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
};

/** CPU milliseconds (user + system) that these processes, and children of theirs that have ended, have used. */
export const cpuMilliseconds = async (processIds: readonly number[]): Promise<number> => {
  const ticks = await Promise.all(processIds.map(ticksOf));
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / ticksPerSecond;
};
