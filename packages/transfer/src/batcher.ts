interface Asked<In, Out> {
  input: In;
  resolve(output: Out): void;
  reject(error: unknown): void;
}

interface BatcherOptions {
  /** Inputs of one call. */
  most: number;
  /** Inputs of the first call; each later one may have twice as many as the one before. `most`. */
  first?: number;
  /**
   * For how long more inputs are waited for, unless there are enough already; asked before each call. With 0 a call takes what
   * is asked in the same turn, without a timer: browsers slow those of a tab in the background.
   */
  lingerMs(): number;
}

/**
 * Makes one call of many, one call at a time: what is asked while it is under way goes with the next.
 *
 * @param call answers in the order of its inputs
 */
export const createBatcher = <In, Out>(
  { most, first = most, lingerMs }: BatcherOptions,
  call: (inputs: readonly In[]) => Promise<readonly Out[]>,
): ((input: In) => Promise<Out>) => {
  const waiting: Asked<In, Out>[] = [];
  let room = first;
  let underWay = false;
  let onFull: (() => void) | null = null;

  const linger = async (): Promise<void> => {
    const milliseconds = lingerMs();
    if (milliseconds === 0 || waiting.length >= room) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      onFull = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    onFull = null;
  };

  const run = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) {
      await linger();
      const batch = waiting.splice(0, room);
      room = Math.min(most, 2 * room);
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
      else if (waiting.length >= room) onFull?.();
    });
};
