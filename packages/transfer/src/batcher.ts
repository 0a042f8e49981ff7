interface Asked<In, Out> {
  input: In;
  resolve(output: Out): void;
  reject(error: unknown): void;
}

/**
 * Makes one call of many, one call at a time: what is asked while it is under way goes with the next.
 *
 * @param most inputs of one call
 * @param lingerMs for how long more are waited for, unless there are `most` already; asked before each call
 * @param call answers in the order of its inputs
 */
export const createBatcher = <In, Out>(
  { most, lingerMs }: { most: number; lingerMs: () => number },
  call: (inputs: readonly In[]) => Promise<readonly Out[]>,
): ((input: In) => Promise<Out>) => {
  const waiting: Asked<In, Out>[] = [];
  let underWay = false;
  let onFull: (() => void) | null = null;

  const linger = (): Promise<void> =>
    new Promise((resolve) => {
      if (waiting.length >= most) resolve();
      const timer = setTimeout(resolve, lingerMs());
      onFull = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) {
      await linger();
      const batch = waiting.splice(0, most);
      try {
        const outputs = await call(batch.map(({ input }) => input));
        batch.forEach(({ resolve, reject }, at) => {
          const output = outputs[at];
          if (output === undefined) reject(new Error('The answer has fewer results than were asked for.'));
          else resolve(output);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    underWay = false;
  };

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!underWay) void run();
      else if (waiting.length >= most) onFull?.();
    });
};
