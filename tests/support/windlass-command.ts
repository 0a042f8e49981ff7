import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cliArguments } from '../../scripts/cli-command.js';

const root = join(import.meta.dirname, '../..');

/** How a command ended. */
export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
}

export interface RunningCommand {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/**
 * The windlass command without its launcher, so that the process that is killed is the one that works.
 *
 * @param environment all that it gets beside PATH; `HOME` is where it keeps its journals
 * @example const { code } = await startWindlassCommand(['upload', folder, '--to', 'lab'], environment).ended;
 */
export const startWindlassCommand = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): RunningCommand => {
  const child = spawn(process.execPath, cliArguments(root, [...args]), {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const read = async (): Promise<Ended> => {
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  return { child, ended: read() };
};
