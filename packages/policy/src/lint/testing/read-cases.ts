import { readFileSync } from 'node:fs';
import { policyKinds, type PolicyKind } from '../../document/policy-document.ts';
import type { LintOptions } from '../lint-options.ts';

export interface LintCase {
  readonly case: string;
  readonly policyKind: PolicyKind;
  readonly policy: unknown;
  /** In lists of what must be found. */
  readonly rule: string;
  readonly severity: string;
  /** In lists of what is right: rules that speak up nevertheless, in the order of the text. */
  readonly expected: readonly string[];
  readonly options: Partial<LintOptions>;
}

/** Reads one of the lists in `test-data`. What a list leaves away is empty. */
export const readCases = (name: string): LintCase[] => {
  const url = new URL(`../../../test-data/${name}.json`, import.meta.url);
  const read: unknown = JSON.parse(readFileSync(url, 'utf8'));
  return (Array.isArray(read) ? read : []).map((entry: unknown) => {
    if (!isCase(entry)) throw new Error(`Not a case in ${name}: ${JSON.stringify(entry)}`);
    return { rule: '', severity: '', expected: [], options: {}, ...entry };
  });
};

const isCase = (entry: unknown): entry is Pick<LintCase, 'case' | 'policyKind' | 'policy'> =>
  typeof entry === 'object' &&
  entry !== null &&
  'case' in entry &&
  'policy' in entry &&
  'policyKind' in entry &&
  policyKinds.some((kind) => kind === entry.policyKind);
