import { usageCounts, type UsageCounts } from '@windlass/contract';

// Object.keys loses the names that the schema has.
export const usageNames = Object.keys(usageCounts.shape) as (keyof UsageCounts)[];

/** @example countsBy((name) => Number(row[name])) */
export const countsBy = (count: (name: keyof UsageCounts) => number): UsageCounts =>
  // Every name of the schema is in it.
  Object.fromEntries(usageNames.map((name) => [name, count(name)])) as UsageCounts;

export const sumOf = (all: readonly UsageCounts[]): UsageCounts =>
  countsBy((name) => all.reduce((sum, counts) => sum + counts[name], 0));
