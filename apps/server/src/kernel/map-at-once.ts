/**
 * Maps items with at most `atOnce` calls of `map` running; the results are in the order of the items. The first failure
 * ends it: no further call is begun.
 *
 * @example const sizes = await mapAtOnce(keys, 8, (key) => sizeOf(key))
 */
export const mapAtOnce = async <Item, Result>(
  items: readonly Item[],
  atOnce: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await map(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
};
