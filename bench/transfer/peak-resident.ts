import { readFile } from 'node:fs/promises';

/** The highest that this process has had so far (proc(5): VmHWM); 0 once it has ended. */
export const peakResident = async (processId: number): Promise<number> => {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
};
