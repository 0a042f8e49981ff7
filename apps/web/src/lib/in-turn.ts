/**
 * Does something for each of many, a few at once, and answers in their order.
 *
 * @param atOnce most that are in flight
 * @throws the first failure; what is in flight then ends by itself, nothing more is begun.
 */
export const inTurn = async <Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const entries = items.entries();
  let failed = false;
  const worker = async () => {
    // All workers take from one iterator, so that each item is taken once.
    for (const [index, item] of entries) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
};
