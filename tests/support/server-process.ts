import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { buildServer } from '../../scripts/build-server.js';
import { serverArguments, serverEnvironment } from '../../scripts/server-command.js';

export interface ServerOptions {
  /** The data folder; without one a temporary folder is made, and removed with the server. */
  data?: string;
  env?: Record<string, string>;
  args?: string[];
  /** How long the start may take. Default 120 s: a first run draws the demo's pictures. */
  startMilliseconds?: number;
}

/** The program as a child process, as a person would run it, on ports that were free. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  readonly data: string;
  /** Public origin of the web app and the API. */
  readonly url: string;
  readonly imagesUrl: string;
  /** Empty where the embedded bucket is off. */
  readonly bucketUrl: string;
  /** Null once there is an owner. */
  readonly ownerLink: string | null;
  /** Everything it wrote so far. */
  readonly logs: { stdout: string; stderr: string };
  /** True as soon as the process has ended. */
  readonly exited: boolean;
  /** Ctrl-C: ends it in order; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no word of goodbye. Its PostgreSQL is left behind, for the next start to find. */
  kill(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');
/** What `npm start` runs; built here where the sources have changed. */
export const serverFile = buildServer(root, process.execPath);

const readyFacts = z.object({
  publicUrl: z.string(),
  imagesUrl: z.string(),
  bucketUrl: z.string().nullable(),
  ownerLink: z.string().nullable(),
  port: z.int(),
});

/** Variables that the machine's owner may have set must not reach a test. */
const cleanEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('WINDLASS_') && name !== 'DATABASE_URL'),
  );

/**
 * Starts the server and waits until it is ready.
 *
 * @example
 * await using server = await startServer({ env: ownerEnvironment });
 * await fetch(`${server.url}/api/v1/setup`);
 */
export const startServer = async (options: ServerOptions = {}): Promise<ServerProcess> => {
  const scratch = await mkdtemp(join(tmpdir(), 'windlass-server-'));
  const data = options.data ?? join(scratch, 'data');
  const readyFile = join(scratch, 'ready.json');
  const ports = ['--port', '0', '--images-port', '0', '--bucket-port', '0'];
  const child = spawn(
    process.execPath,
    [
      ...serverArguments(await serverFile),
      '--data',
      data,
      '--ready-file',
      readyFile,
      ...ports,
      ...(options.args ?? []),
    ],
    {
      env: serverEnvironment({ ...cleanEnvironment(), ...options.env }),
      cwd: scratch,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const logs = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (logs.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (logs.stderr += text));
  const closed = once(child, 'close');
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;

  const end = async (signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> => {
    if (!hasExited()) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  const cleanUp = async (): Promise<void> => {
    await end('SIGINT');
    await rm(scratch, { recursive: true, force: true });
  };

  try {
    const facts = await waitUntilReady(readyFile, hasExited, options.startMilliseconds ?? 120_000);
    return {
      pid: child.pid ?? 0,
      data,
      url: facts.publicUrl,
      imagesUrl: facts.imagesUrl,
      bucketUrl: facts.bucketUrl ?? '',
      ownerLink: facts.ownerLink,
      logs,
      get exited() {
        return hasExited();
      },
      stop: () => end('SIGINT'),
      kill: async () => {
        await end('SIGKILL');
      },
      [Symbol.asyncDispose]: cleanUp,
    };
  } catch (error) {
    await end('SIGKILL');
    await rm(scratch, { recursive: true, force: true });
    throw new Error(`The server did not start.\n${logs.stdout}\n${logs.stderr}`, { cause: error });
  }
};

/** The file appears when everything listens; /readyz then says that it also works. */
const waitUntilReady = async (
  readyFile: string,
  hasExited: () => boolean,
  milliseconds: number,
): Promise<z.infer<typeof readyFacts>> => {
  const deadline = Date.now() + milliseconds;
  let last = 'it wrote no ready file';
  for (; Date.now() < deadline; await delay(50)) {
    if (hasExited()) throw new Error('It ended during the start.');
    const text = await readFile(readyFile, 'utf8').catch(() => null);
    if (text === null) continue;
    const facts = readyFacts.parse(JSON.parse(text));
    const answer = await fetch(`http://127.0.0.1:${facts.port}/readyz`, {
      signal: AbortSignal.timeout(5_000),
    });
    last = await answer.text();
    if (answer.ok) return facts;
  }
  throw new Error(`It was not ready within ${milliseconds} ms: ${last}`);
};
