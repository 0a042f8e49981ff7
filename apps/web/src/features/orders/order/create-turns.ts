/**
 * Lets few of many run at once, in the order in which they asked. Whoever has lost interest before its turn (a tile that
 * was scrolled away) does not run at all.
 *
 * @example const turns = createTurns(3); await turns.take(signal, () => load(url));
 */
export const createTurns = (atOnce: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const next = () => {
    if (running >= atOnce) return;
    const begin = waiting.shift();
    if (begin === undefined) return;
    running += 1;
    begin();
  };
  return {
    /** @throws the signal's reason where it is aborted before its turn; else what the work throws. */
    take: async <Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> => {
      const turn = Promise.withResolvers<undefined>();
      waiting.push(() => turn.resolve(undefined));
      next();
      await turn.promise;
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        running -= 1;
        next();
      }
    },
  };
};
export type Turns = ReturnType<typeof createTurns>;
