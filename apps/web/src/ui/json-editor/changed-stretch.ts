interface Stretch {
  /** Offsets into the old text, `to` exclusive. */
  from: number;
  to: number;
  insert: string;
}

/**
 * The one stretch by which a text differs from another, or null where they are equal.
 *
 * @example changedStretch('a, b', 'a, x, b') // { from: 3, to: 3, insert: 'x, ' }
 */
export const changedStretch = (old: string, next: string): Stretch | null => {
  if (old === next) return null;
  const shorter = Math.min(old.length, next.length);
  let from = 0;
  while (from < shorter && old[from] === next[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && old.at(-1 - behind) === next.at(-1 - behind)) behind += 1;
  return { from, to: old.length - behind, insert: next.slice(from, next.length - behind) };
};
