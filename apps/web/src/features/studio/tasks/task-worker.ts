import { tasks, type TaskInput, type TaskName } from './tasks.ts';

const run = <Name extends TaskName>(name: Name, input: TaskInput<Name>): unknown => {
  // TypeScript takes the functions of a table for one of their union; a name and its input belong together.
  const task = tasks[name] as (input: TaskInput<Name>) => unknown;
  return task(input);
};

// One question, one answer, in turn: `createTaskRunner` asks the next only when it has this one's answer.
globalThis.addEventListener(
  'message',
  ({ data }: MessageEvent<{ name: TaskName; input: TaskInput<TaskName> }>) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is not a window: it has no origin to name
    globalThis.postMessage(run(data.name, data.input));
  },
);
