/** Ranges that are named; what is beyond is counted. */
const mostRanges = 20;

/**
 * Numbers in rising order as people write them.
 *
 * @example describeNumbers([2, 5, 6, 7, 9]) // '2, 5–7, 9'
 */
export const describeNumbers = (numbers: readonly number[]): string => {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range !== undefined && number === range.last + 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const named = ranges.slice(0, mostRanges);
  const beyond = ranges.slice(mostRanges).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const texts = named.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`));
  return texts.join(', ') + (beyond === 0 ? '' : ` and ${beyond} more`);
};
