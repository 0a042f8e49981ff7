/** One holder a name; others wait in the order in which they came. */
export interface NamedLock {
  run<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

export const createNamedLock = (): NamedLock => {
  const tails = new Map<string, Promise<unknown>>();

  const run = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const before = tails.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    tails.set(name, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(name) === mine) tails.delete(name);
    }
  };

  return { run };
};
