/** From the first to the last number, both included, in steps that look even: each is the one before times a ratio. */
export interface Range {
  from: number;
  to: number;
}

/**
 * A geometric sequence of whole numbers.
 *
 * @example sequence({ from: 100, to: 8192 }, 3) // [100, 905, 8192]
 */
export const sequence = ({ from, to }: Range, length: number): number[] => {
  if (length <= 0) return [];
  if (length === 1) return [from];
  const ratio = (to / from) ** (1 / (length - 1));
  return Array.from({ length }, (_, step) => (step === length - 1 ? to : Math.round(from * ratio ** step)));
};
