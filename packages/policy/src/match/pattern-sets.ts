import { splitArn } from './arn.ts';
import { isStar } from './arn-pattern.ts';
import { hasWildcard, matchesGlob } from './glob.ts';

/**
 * True when every text that `narrow` matches is sure to match `wide` too. False means no or not known: `?` in the wider
 * pattern is not followed, because a star of the narrower one may be longer than one character.
 */
export const globCovers = (wide: string, narrow: string): boolean =>
  wide === narrow || (!wide.includes('?') && matchesGlob(wide, narrow));

/** The same for ARNs, field by field as IAM matches them. */
export const arnCovers = (wide: string, narrow: string): boolean => {
  if (wide === narrow || isStar(wide)) return true;
  const wideFields = splitArn(wide);
  const narrowFields = splitArn(narrow);
  return (
    wideFields !== null &&
    narrowFields !== null &&
    wideFields.every((field, index) => globCovers(field, narrowFields[index] ?? ''))
  );
};

/** True when no text can match both patterns, judged by what stands before their first wildcard or variable. */
export const areDisjoint = (one: string, other: string): boolean => {
  const first = literalPrefix(one);
  const second = literalPrefix(other);
  const shared = Math.min(first.length, second.length);
  if (first.slice(0, shared) !== second.slice(0, shared)) return true;
  // A pattern without wildcards is one text; it must be long enough to hold the other's beginning.
  return (
    (first === one && first.length < second.length) || (second === other && second.length < first.length)
  );
};

const literalPrefix = (pattern: string): string => {
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '*' || character === '?' || (character === '$' && pattern[at + 1] === '{'))
      return pattern.slice(0, at);
  }
  return pattern;
};

/** Action patterns ignore case. */
export const actionCovers = (wide: string, narrow: string): boolean =>
  globCovers(wide.toLowerCase(), narrow.toLowerCase());

export const isWide = (pattern: string): boolean => isStar(pattern) || hasWildcard(pattern);
