import { expandVariables, type Expand } from '../match/policy-variables.ts';
import type { RequestView } from './request-view.ts';

/** The variables of one request, for the policies that know variables. */
export interface Variables {
  readonly expand: Expand;
  /** What is wrong with the first variable in these texts that has no value here; null where all have one. */
  readonly faultOf: (texts: readonly string[]) => string | null;
}

/** Policies before Version 2012-10-17 have no variables: every text is what it says. */
export const noVariables: Variables = {
  expand: (text) => ({ text, literals: null }),
  faultOf: () => null,
};

export const createVariables = (view: RequestView): Variables => {
  const lookup = (key: string): string | null => {
    const values = view.valuesOf(key);
    // AWS: a key with several values is no variable.
    return values?.length === 1 ? (values[0] ?? null) : null;
  };
  return {
    expand: (template) => {
      const expansion = expandVariables(template, lookup);
      return expansion.text === null ? null : expansion;
    },
    faultOf: (texts) => {
      for (const template of texts) {
        if (!template.includes('${')) continue;
        const expansion = expandVariables(template, lookup);
        if (expansion.text === null) return `the variable ${expansion.missing} has no value in this request`;
      }
      return null;
    },
  };
};
