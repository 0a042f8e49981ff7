/** Numbers that come out the same for the same seed: a failing case can be run again. */
export interface Random {
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  /** Between `least` and `most` different items, in the order of the list. */
  readonly some: <T>(items: readonly T[], least: number, most: number) => T[];
}

/** Mulberry32, by Tommy Ettinger, in the public domain. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    some: (items, least, most) => {
      const wanted = least + below(most - least + 1);
      const order = items
        .map((item, at) => ({ item, at, weight: next() }))
        .toSorted((a, b) => a.weight - b.weight);
      return order
        .slice(0, wanted)
        .toSorted((a, b) => a.at - b.at)
        .map(({ item }) => item);
    },
  };
};
