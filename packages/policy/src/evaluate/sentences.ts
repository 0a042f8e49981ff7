/** Longest value that is shown whole, in characters. */
const longestValue = 80;
const mostValues = 3;

/** A value for a sentence: in quotes, and short. */
export const quote = (value: string): string =>
  value.length > longestValue ? `"${value.slice(0, longestValue)}…"` : `"${value}"`;

/** A few values for a sentence. @example quoteAll(['a', 'b']) // '"a" or "b"' */
export const quoteAll = (values: readonly string[]): string => {
  const [first = ''] = values;
  if (values.length === 0) return 'no value';
  if (values.length === 1) return quote(first);
  const rest = values.length - mostValues;
  return values.slice(0, mostValues).map(quote).join(' or ') + (rest > 0 ? ` or ${rest} more` : '');
};
