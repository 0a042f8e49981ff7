import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A server under measurement, in processes of its own. */
export interface MeasuredServer extends AsyncDisposable {
  port: number;
  /** The root of its processes. */
  pid: number;
}

export interface ServerProcess extends MeasuredServer {
  /** What the process answers to a message. */
  ask(question: string): Promise<unknown>;
}

/** Runs one of the files beside this one, which says its port and ends with us. */
export const startServerProcess = async (file: string, args: readonly string[]): Promise<ServerProcess> => {
  const child = fork(new URL(file, import.meta.url), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const ask = async (question?: string): Promise<unknown> => {
    const answered = once(child, 'message');
    if (question !== undefined) child.send(question);
    const [answer] = await Promise.race([
      answered,
      ended.then(() => Promise.reject(new Error(`${file} ended`))),
    ]);
    return answer;
  };
  // Each of these files begins with this message.
  const { port } = (await ask()) as { port: number };
  return {
    port,
    pid: child.pid ?? 0,
    ask,
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await ended;
    },
  };
};
