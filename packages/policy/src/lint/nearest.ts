/** Changes of one letter that turn one text into the other, or `limit + 1` when there are more. */
const distance = (from: string, to: string, limit: number): number => {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[line - 1] === to[column - 1] ? 0 : 1;
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[to.length] ?? limit + 1;
};

/** Longer names are no slips of the pen; comparing them would cost time for nothing. */
const longestName = 80;

/**
 * The name that was probably meant: the same but for case, or nearest by letters within a quarter of its length. Null
 * when none is near.
 *
 * @example nearest('s3:PutObjekt', ['s3:PutObject', 's3:GetObject']) // 's3:PutObject'
 */
export const nearest = (written: string, names: readonly string[]): string | null => {
  if (written.length > longestName) return null;
  const folded = written.toLowerCase();
  let best: string | null = null;
  let limit = Math.max(1, Math.floor(written.length / 4));
  for (const name of names) {
    const found = distance(folded, name.toLowerCase(), limit);
    if (found > limit || (found === limit && best !== null)) continue;
    best = name;
    limit = found;
  }
  return best;
};
