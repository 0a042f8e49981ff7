import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../kernel/log.ts';

/** What to send to a server of an earlier run, and how long to wait for its end before the next. */
const escalation = [
  { send: 'SIGINT', waitMilliseconds: 10_000 },
  { send: 'SIGQUIT', waitMilliseconds: 5_000 },
  { send: 'SIGKILL', waitMilliseconds: 5_000 },
] as const;

/**
 * Ends a server of an earlier run that outlived it, and clears its lock files away where a new process has got its number.
 * The caller holds the lock of the data folder, so no such server belongs to another Windlass.
 *
 * @throws Error when it survives even SIGKILL
 */
export const stopLeftoverServer = async (cluster: string, log: Log): Promise<void> => {
  for (const { send, waitMilliseconds } of escalation) {
    const processes = await processesIn(cluster);
    if (processes.length === 0) break;
    const postmaster = await lockHolder(join(cluster, 'postmaster.pid'));
    const targets = postmaster !== null && processes.includes(postmaster) ? [postmaster] : processes;
    log.warn({ pids: targets, signal: send }, 'A PostgreSQL of an earlier run is still there; ending it');
    for (const pid of targets) tryKill(pid, send);
    await untilGone(cluster, waitMilliseconds);
  }
  const survivors = await processesIn(cluster);
  if (survivors.length > 0)
    throw new Error(`PostgreSQL (process ${survivors.join(', ')}) in ${cluster} does not end.`);
  await removeMisleadingLocks(cluster);
};

/**
 * The processes of PostgreSQL that work in this folder: each stays in it all its life. Unlike the number in
 * postmaster.pid, this cannot name a stranger that has got the number since.
 */
export const processesIn = async (cluster: string): Promise<number[]> => {
  const folder = await stat(cluster, { bigint: true });
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const found: number[] = [];
  for (const pid of pids) {
    // A process may end, or be somebody else's, while we look.
    const cwd = await stat(`/proc/${pid}/cwd`, { bigint: true }).catch(() => null);
    if (cwd === null || cwd.ino !== folder.ino || cwd.dev !== folder.dev) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (name.trim() === 'postgres') found.push(pid);
  }
  return found;
};

const untilGone = async (cluster: string, waitMilliseconds: number): Promise<void> => {
  const deadline = performance.now() + waitMilliseconds;
  while (performance.now() < deadline && (await processesIn(cluster)).length > 0) await delay(50);
};

/** PostgreSQL would refuse to start when the number in a stale lock file is now that of another process of its user. */
const removeMisleadingLocks = async (cluster: string): Promise<void> => {
  for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
    const path = join(cluster, name);
    const pid = await lockHolder(path);
    if (pid !== null && tryKill(pid, 0)) await rm(path);
  }
};

const lockHolder = async (path: string): Promise<number | null> => {
  const content = await readFile(path, 'utf8').catch(() => '');
  const pid = Math.abs(Number.parseInt(content, 10));
  return Number.isNaN(pid) || pid === 0 ? null : pid;
};

const tryKill = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal);
  } catch {
    // It is gone already, or not ours: both are answered by looking again.
    return false;
  }
};
