interface Asked<In, Out> {
  input: In;
  resolve(output: Out): void;
  reject(error: unknown): void;
}

/**
 * Makes one call of many: what is asked while a call is under way goes with the next, so that a single file does not wait
 * and thousands of them need few calls.
 *
 * @param most inputs of one call
 * @param call answers in the order of its inputs
 */
export const createBatcher = <In, Out>(
  most: number,
  call: (inputs: readonly In[]) => Promise<readonly Out[]>,
): ((input: In) => Promise<Out>) => {
  const waiting: Asked<In, Out>[] = [];
  let underWay = false;

  const run = async (): Promise<void> => {
    underWay = true;
    // Those asked for in the same turn go together.
    await Promise.resolve();
    while (waiting.length > 0) {
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
    });
};
