import { useEffect, useRef, useState } from 'react';
import { createTaskRunner, type TaskRunner } from './create-task-runner.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

interface TaskState<Name extends TaskName> {
  /** Of the last input that was worked on; null before the first. */
  output: TaskOutput<Name> | null;
  failed: boolean;
}

/**
 * The output of a task for an input. It comes a moment after the input; until then the one before stays.
 *
 * @param input a new object means a new question: memoise it.
 */
export const useTask = <Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskState<Name> => {
  const [state, setState] = useState<TaskState<Name>>({ output: null, failed: false });
  const runner = useRef<TaskRunner<Name>>(null);
  useEffect(() => {
    const made = createTaskRunner(name, {
      onDone: (output) => setState({ output, failed: false }),
      onFailed: () => setState({ output: null, failed: true }),
    });
    runner.current = made;
    return () => {
      runner.current = null;
      made.stop();
    };
  }, [name]);
  useEffect(() => runner.current?.run(input), [input]);
  return state;
};
