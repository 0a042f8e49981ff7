import type { LiteralIndices } from './glob.ts';

/** A text of a policy after its variables were put in. */
export interface Expanded {
  readonly text: string;
  /** Wildcards that came out of a variable or an escape: they stand for themselves. */
  readonly literals: LiteralIndices;
}

/** What a pattern says once its variables are put in; null where that cannot be known. */
export type Expand = (template: string) => Expanded | null;

/** The value of a context key as a variable; null where it has none, or several. */
export type VariableLookup = (key: string) => string | null;

/** `${*}`, `${?}` and `${$}` write the characters that would be special. */
const escapes = new Set(['*', '?', '$']);

interface Variable {
  readonly key: string;
  readonly fallback: string | null;
  /** Index after the closing brace. */
  readonly end: number;
}

/** Reads `${key}` or `${key, 'default'}` that begins at `start`; null when it is not closed or not of that form. */
const readVariable = (text: string, start: number): Variable | null => {
  const close = text.indexOf('}', start);
  if (close < 0) return null;
  const comma = text.indexOf(',', start);
  if (comma < 0 || comma > close) {
    const key = text.slice(start + 2, close).trim();
    return key === '' ? null : { key, fallback: null, end: close + 1 };
  }
  const open = text.indexOf("'", comma);
  const quote = open < 0 ? -1 : text.indexOf("'", open + 1);
  const end = quote < 0 ? -1 : text.indexOf('}', quote);
  if (end < 0 || text.slice(comma + 1, open).trim() !== '' || text.slice(quote + 1, end).trim() !== '')
    return null;
  return { key: text.slice(start + 2, comma).trim(), fallback: text.slice(open + 1, quote), end: end + 1 };
};

export type Expansion = Expanded | { readonly text: null; readonly missing: string };

/**
 * Puts values in for `${aws:username}` and the like.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 *
 * @returns without a text where a variable has neither value nor default, or is written wrongly
 * @example expandVariables('home/${aws:username}/*', () => 'ann').text // 'home/ann/*'
 */
export const expandVariables = (template: string, lookup: VariableLookup): Expansion => {
  let next = template.indexOf('${');
  if (next < 0) return { text: template, literals: null };
  let text = '';
  let done = 0;
  const literals = new Set<number>();
  while (next >= 0) {
    const variable = readVariable(template, next);
    if (variable === null) return { text: null, missing: template.slice(next) };
    const value = escapes.has(variable.key) ? variable.key : (lookup(variable.key) ?? variable.fallback);
    if (value === null) return { text: null, missing: template.slice(next, variable.end) };
    text += template.slice(done, next);
    for (let at = 0; at < value.length; at += 1) literals.add(text.length + at);
    text += value;
    done = variable.end;
    next = template.indexOf('${', done);
  }
  return { text: text + template.slice(done), literals };
};
