/** An object as JSON knows it; null for anything else. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  // Checked on the left: what is an object and no list has text keys.
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

/** A value or a list of them, as a list; nothing for a value that is not there. */
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The texts in an element. Numbers and booleans count as their text; anything else is no value, and is left out. */
export const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  const texts: string[] = [];
  for (const item of listOf(value)) {
    if (typeof item === 'string') texts.push(item);
    else if (typeof item === 'number' || typeof item === 'boolean') texts.push(String(item));
  }
  return texts;
};
