import type { OneOrMany } from '../document/policy-document.ts';

/** Brackets only around several, as people write policies. */
export const oneOrMany = <T>(values: readonly T[]): OneOrMany<T> => {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
};
