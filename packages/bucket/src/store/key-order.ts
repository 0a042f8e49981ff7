/**
 * S3 lists keys in the order of their UTF-8 bytes, which is the order of code points. JavaScript compares UTF-16 code
 * units, where astral characters (surrogates, D800 to DFFF) come before U+E000 to U+FFFF: ranks put them after.
 */
const rank = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/** Negative, zero or positive, as the UTF-8 bytes of `a` sort before, with or after those of `b`. */
export const compareKeys = (a: string, b: string): number => {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
};

/**
 * The smallest string that sorts after every string that starts with `prefix`; undefined when there is none. Listing
 * seeks to it instead of walking through all keys of a common prefix.
 */
export const successorOfPrefix = (prefix: string): string | undefined => {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) {
      // U+D800 to U+DFFF are no characters.
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
    }
  }
  return undefined;
};
