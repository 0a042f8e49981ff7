import { canonicalJson } from '../../kernel/canonical-json.ts';

/** The same value, however its keys are ordered. */
export const sameJson = (left: unknown, right: unknown): boolean =>
  canonicalJson(left) === canonicalJson(right);

/** The same document, however it is spaced and its keys are ordered. A text that is no JSON is only the same as itself. */
export const sameDocument = (left: string, right: string): boolean => {
  try {
    return sameJson(JSON.parse(left), JSON.parse(right));
  } catch (error) {
    if (error instanceof SyntaxError) return left === right;
    throw error;
  }
};
