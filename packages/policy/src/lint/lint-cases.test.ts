import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { policyKinds, type PolicyKind } from '../document/policy-document.ts';
import { lintPolicy } from './lint-policy.ts';

interface LintCase {
  readonly rule: string;
  readonly severity: string;
  readonly case: string;
  readonly policyKind: PolicyKind;
  readonly policy: unknown;
}

const isLintCase = (value: unknown): value is LintCase =>
  typeof value === 'object' &&
  value !== null &&
  ['rule', 'severity', 'case', 'policyKind', 'policy'].every((name) => name in value) &&
  'policyKind' in value &&
  policyKinds.some((kind) => kind === value.policyKind);

const read: unknown = JSON.parse(
  readFileSync(new URL('../../test-data/iam-lint-cases.json', import.meta.url), 'utf8'),
);
const cases = Array.isArray(read) ? read.filter(isLintCase) : [];

describe('lint cases', () => {
  test('are all there', () => expect(cases).toHaveLength(52));

  test.each(cases)('$rule: $case', ({ rule, severity, policyKind, policy }) => {
    for (const text of [JSON.stringify(policy), JSON.stringify(policy, null, 2)]) {
      const findings = lintPolicy(text, { kind: policyKind, bucket: 'b' });
      expect(findings.map((finding) => `${finding.rule} ${finding.severity}`)).toContain(
        `${rule} ${severity}`,
      );
    }
  });
});
