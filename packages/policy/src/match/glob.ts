/** Indices of characters of a pattern that stand for themselves although they look like wildcards. */
export type LiteralIndices = ReadonlySet<number> | null;

const star = 0x2a;
const questionMark = 0x3f;
const isLeadSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** Whether nothing but stars is left of a pattern. */
const onlyStarsFrom = (pattern: string, start: number, literals: LiteralIndices): boolean => {
  for (let at = start; at < pattern.length; at += 1)
    if (pattern.charCodeAt(at) !== star || literals?.has(at) === true) return false;
  return true;
};

/**
 * Whether a text matches a pattern in which `*` is any run of characters, also none, and `?` is one character. Neither
 * stops at a slash or a line break, and nothing in the text is special.
 *
 * Two pointers and one way back: only the last star ever needs to grow, so the cost is at most the length of the pattern
 * times that of the text, however many stars there are. A backtracking regular expression takes minutes for the same.
 *
 * @example matchesGlob('uploads/*', 'uploads/2026/a.jpg') // true
 */
export const matchesGlob = (pattern: string, text: string, literals: LiteralIndices = null): boolean => {
  let at = 0;
  let textAt = 0;
  let starAt = -1;
  let starEnd = 0;
  while (textAt < text.length) {
    const unit = pattern.charCodeAt(at);
    const wild = literals === null || !literals.has(at);
    if (wild && unit === star) {
      starAt = at;
      starEnd = textAt;
      at += 1;
    } else if (wild && unit === questionMark) {
      // One character is one code point: an emoji is two units of UTF-16.
      textAt += isLeadSurrogate(text.charCodeAt(textAt)) && textAt + 1 < text.length ? 2 : 1;
      at += 1;
    } else if (unit === text.charCodeAt(textAt)) {
      at += 1;
      textAt += 1;
    } else if (starAt >= 0) {
      starEnd += 1;
      textAt = starEnd;
      at = starAt + 1;
    } else return false;
  }
  return onlyStarsFrom(pattern, at, literals);
};

/** Whether a text has a wildcard in it when it is read as a pattern. */
export const hasWildcard = (pattern: string): boolean => pattern.includes('*') || pattern.includes('?');
