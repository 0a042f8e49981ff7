import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from './child-environment.ts';
import type { RenderAnswer, RenderedPicture, RenderJob } from './job.ts';
import { RenderError } from './render-error.ts';

/** One child process. It takes one job at a time and may be dead after any of them. */
export interface RenderChild {
  readonly pid: number | undefined;
  readonly alive: boolean;
  readonly jobsDone: number;
  /** As the child last told. */
  readonly rssBytes: number;
  /** Kills the process when the deadline passes. */
  run(job: RenderJob, deadlineMilliseconds: number): Promise<RenderedPicture>;
  /** Returns when the process is gone. */
  kill(): Promise<void>;
}

const stderrTail = (child: ChildProcess): (() => string) => {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
  });
  return () => tail;
};

/** Starts a child; it is ready when its first job is answered, about 120 ms later. */
export const startRenderChild = (): RenderChild => {
  const child = fork(new URL('./child.ts', import.meta.url), [], {
    env: childEnvironment(),
    // Flags of this process (a debugger's port, a test runner's loader) are not the child's.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = stderrTail(child);
  let alive = true;
  let jobsDone = 0;
  let rssBytes = 0;
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      alive = false;
      resolve();
    };
    child.once('exit', end);
    // Without a process there is no exit event, and a send to a dying child may report here too.
    child.on('error', () => {
      if (child.pid === undefined) end();
    });
  });
  // A child alone must not keep its parent from ending.
  child.unref();
  child.channel?.unref();

  const kill = async (): Promise<void> => {
    child.ref();
    if (alive) child.kill('SIGKILL');
    await gone;
  };

  return {
    pid: child.pid,
    get alive() {
      return alive && child.connected;
    },
    get jobsDone() {
      return jobsDone;
    },
    get rssBytes() {
      return rssBytes;
    },
    kill,
    run: async (job, deadlineMilliseconds) => {
      const timer = AbortSignal.timeout(deadlineMilliseconds);
      const settled = new AbortController();
      const signal = AbortSignal.any([timer, settled.signal]);
      child.channel?.ref();
      try {
        const reply = once(child, 'message', { signal });
        child.send(job, () => undefined);
        const died = gone.then(() => {
          throw new RenderError('crashed', 'The picture could not be decoded: the renderer stopped', {
            cause: new Error(lastWords()),
          });
        });
        // The pool is the only caller, and the other end is our own child.
        const [answer] = (await Promise.race([reply, died])) as [RenderAnswer];
        jobsDone += 1;
        rssBytes = answer.rssBytes;
        if (!answer.ok) throw new RenderError(answer.reason, answer.message);
        return answer.picture;
      } catch (error) {
        if (!timer.aborted || error instanceof RenderError) throw error;
        await kill();
        throw new RenderError('deadline', `Rendering took longer than ${deadlineMilliseconds} ms`);
      } finally {
        settled.abort();
        child.channel?.unref();
      }
    },
  };
};
