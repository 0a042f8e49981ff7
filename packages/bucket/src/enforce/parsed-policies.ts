import type { PolicyDocument } from '@windlass/policy';

/**
 * Policies by their text. Every text that comes here was read and checked when it was put; it is parsed once and
 * remembered, because each request needs it again.
 */
export type ParsePolicy = (text: string) => PolicyDocument;

/** A request needs a handful; an account has at most some thousands, of which few are in use. */
const maximumRemembered = 1000;

export const createPolicyParser = (): ParsePolicy => {
  const known = new Map<string, PolicyDocument>();
  return (text) => {
    let document = known.get(text);
    if (document === undefined) {
      // The shape was checked by `readPolicy` before the text was kept or sealed into a token.
      document = JSON.parse(text) as PolicyDocument;
      if (known.size >= maximumRemembered) known.clear();
      known.set(text, document);
    }
    return document;
  };
};
