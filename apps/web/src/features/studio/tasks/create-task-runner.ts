import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

interface TaskRunnerOptions<Name extends TaskName> {
  onDone: (output: TaskOutput<Name>) => void;
  /** The task took longer than it may, or its worker failed. */
  onFailed: () => void;
}

/** Runs one kind of task off the page's own thread, the newest input first. */
export interface TaskRunner<Name extends TaskName> {
  run(input: TaskInput<Name>): void;
  stop(): void;
}

/** What nobody waits for any longer. */
const longestMilliseconds = 20_000;

/**
 * A worker for one kind of task. While it works, only the newest of the inputs that come is kept; those between were
 * typed over already.
 */
export const createTaskRunner = <Name extends TaskName>(
  name: Name,
  { onDone, onFailed }: TaskRunnerOptions<Name>,
): TaskRunner<Name> => {
  let worker: Worker | null = null;
  let waiting: { input: TaskInput<Name> } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const settle = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const stop = (): void => {
    settle();
    worker?.terminate();
    worker = null;
  };
  const next = (): void => {
    const newest = waiting;
    waiting = null;
    if (newest !== null) ask(newest.input);
  };
  const fail = (): void => {
    stop();
    onFailed();
    next();
  };
  const start = (): Worker => {
    const made = new Worker(new URL('task-worker.ts', import.meta.url), { type: 'module' });
    made.addEventListener('message', ({ data }: MessageEvent<TaskOutput<Name>>) => {
      settle();
      onDone(data);
      next();
    });
    made.addEventListener('error', fail);
    return made;
  };
  const ask = (input: TaskInput<Name>): void => {
    worker ??= start();
    timer = setTimeout(fail, longestMilliseconds);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is not a window: it has no origin to name
    worker.postMessage({ name, input });
  };
  return {
    run: (input) => {
      if (timer === null) ask(input);
      else waiting = { input };
    },
    stop,
  };
};
