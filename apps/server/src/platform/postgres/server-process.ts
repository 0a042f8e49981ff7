import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../kernel/log.ts';
import { postgresEnvironment, type PostgresBinaries } from './binaries.ts';
import { ownDirectory } from './cluster.ts';
import type { RunAs } from './run-as.ts';

/** A started PostgreSQL that takes connections. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it has ended, with the reason in words. */
  readonly ended: Promise<string>;
  /** A fast shutdown; after 10 s an immediate one. */
  stop(): Promise<void>;
}

interface StartOptions {
  cluster: string;
  binaries: PostgresBinaries;
  runAs: RunAs | null;
  /** Settings over those below, e.g. `{ fsync: 'off' }` in a test. */
  settings: Record<string, string>;
  log: Log;
  signal: AbortSignal;
}

const baseSettings = {
  listen_addresses: '',
  // Relative to the cluster, so the server never meets the limit of 107 bytes on a socket's path.
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  log_line_prefix: '',
  // A failed statement is reported to whoever sent it; in a log it would bring values of rows with it.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  timezone: 'UTC',
  jit: 'off',
};

/** Crash recovery reads back at most max_wal_size of log; this is far beyond that. */
const readyWithinMilliseconds = 5 * 60_000;

/** Starts PostgreSQL on a prepared cluster and waits until it takes connections. */
export const startServer = async (options: StartOptions): Promise<ServerProcess> => {
  const child = spawnServer(options);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const lastWords = forwardLog(child, options.log);
  const server: ServerProcess = {
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended),
  };
  const deadline = AbortSignal.any([options.signal, AbortSignal.timeout(readyWithinMilliseconds)]);
  const outcome = await Promise.race([ended, untilReady(options.cluster, server.pid, deadline)]);
  if (outcome === 'ready') return server;
  await server.stop();
  options.signal.throwIfAborted();
  throw new Error(
    `PostgreSQL did not start in ${options.cluster} (${outcome}). ${lastWords.join(' ')}`.trim(),
  );
};

const spawnServer = ({ cluster, binaries, runAs, settings }: StartOptions): ChildProcess => {
  const command = [
    // Has the kernel end the server with us, however we end.
    ...(existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'INT', '--'] : []),
    binaries.postgres,
    '-D',
    ownDirectory,
    ...Object.entries({ ...baseSettings, ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
  ];
  return spawn(command[0] ?? binaries.postgres, command.slice(1), {
    ...runAs,
    cwd: cluster,
    env: postgresEnvironment,
    // A Ctrl-C in our terminal is for us; the server ends after the last query of ours.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
};

/** Passes the server's lines to our log; returns the latest few, for an error that explains itself. */
const forwardLog = (child: ChildProcess, log: Log): string[] => {
  const latest: string[] = [];
  if (child.stderr === null) return latest;
  createInterface({ input: child.stderr }).on('line', (line) => {
    const [, level = '', message = line] = /^([A-Z]+):\s+(.*)$/.exec(line) ?? [];
    latest.push(message);
    if (latest.length > 5) latest.shift();
    if (level === 'PANIC') log.error({}, message);
    else if (level === 'WARNING') log.warn({}, message);
    else log.debug({}, message);
  });
  return latest;
};

/** The server says in the eighth line of postmaster.pid how far it is. */
const untilReady = async (cluster: string, pid: number, signal: AbortSignal): Promise<string> => {
  while (!signal.aborted) {
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[0] === String(pid) && lines[7]?.trim() === 'ready') return 'ready';
    await delay(15, undefined, { signal }).catch(() => {});
  }
  return 'it was not ready in time';
};

const stop = async (child: ChildProcess, ended: Promise<string>): Promise<void> => {
  for (const [signal, waitMilliseconds] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    child.kill(signal);
    const timer = new AbortController();
    const late = delay(waitMilliseconds, 'late', { signal: timer.signal }).catch(() => 'late');
    const outcome = await Promise.race([ended, late]);
    timer.abort();
    if (outcome !== 'late') return;
  }
  child.kill('SIGKILL');
  await ended;
};
