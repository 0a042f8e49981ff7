import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

const largestNiceness = 19;

const threadsOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    // No /proc, where a nice value is that of the whole process; or no such process any more.
    return [pid];
  }
};

/**
 * Puts a process behind everybody else, every thread that it has by now; those that it starts later inherit it. On Linux
 * a nice value is a thread's and not a process's (setpriority(2), "C library/kernel differences").
 *
 * @param niceness Nice value, 0 to 19; what is above counts as 19.
 */
export const stepBack = (pid: number, niceness: number): void => {
  for (const thread of threadsOf(pid)) {
    try {
      setPriority(thread, Math.min(largestNiceness, niceness));
    } catch {
      // It has ended meanwhile.
    }
  }
};
