import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { policyKinds, type PolicyKind } from '../document/policy-document.ts';
import type { LintOptions } from './lint-options.ts';
import { lintPolicy } from './lint-policy.ts';
import { ruleIds, severityOfRule } from './rules.ts';

interface LintCase {
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

const isCase = (entry: unknown): entry is Pick<LintCase, 'case' | 'policyKind' | 'policy'> =>
  typeof entry === 'object' &&
  entry !== null &&
  'case' in entry &&
  'policy' in entry &&
  'policyKind' in entry &&
  policyKinds.some((kind) => kind === entry.policyKind);

/** Reads one of the lists in `test-data`. What a list leaves away is empty. */
const readCases = (name: string): LintCase[] => {
  const url = new URL(`../../test-data/${name}.json`, import.meta.url);
  const read: unknown = JSON.parse(readFileSync(url, 'utf8'));
  return (Array.isArray(read) ? read : []).map((entry: unknown) => {
    if (!isCase(entry)) throw new Error(`Not a case in ${name}: ${JSON.stringify(entry)}`);
    return { rule: '', severity: '', expected: [], options: {}, ...entry };
  });
};

const published = readCases('iam-lint-cases');
const shapes = readCases('rule-shapes');
const clean = readCases('clean-policies');

describe('lint cases', () => {
  test('are all there', () => expect(published).toHaveLength(52));

  test.each(published)('$rule: $case', ({ rule, severity, policyKind, policy }) => {
    for (const text of [JSON.stringify(policy), JSON.stringify(policy, null, 2)]) {
      const findings = lintPolicy(text, { kind: policyKind, bucket: 'b' });
      expect(findings.map((finding) => `${finding.rule} ${finding.severity}`)).toContain(
        `${rule} ${severity}`,
      );
    }
  });
});

describe('each rule, in the shapes in which people write it', () => {
  test.each(shapes)('$rule: $case', ({ rule, policyKind, policy, options }) => {
    const findings = lintPolicy(JSON.stringify(policy, null, 2), {
      kind: policyKind,
      bucket: 'b',
      ...options,
    });
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  test('has a case, but for the two that compare with a job', () => {
    const covered = new Set([...published, ...shapes].map(({ rule }) => rule));
    const left = ruleIds.filter((id) => !id.startsWith('COR') && !covered.has(id));
    expect(left).toEqual(['S3X010', 'S3X011']);
  });

  test('has the severity of the published cases', () => {
    for (const { rule, severity } of published)
      expect(Object.entries(severityOfRule).find(([id]) => id === rule)?.[1]).toBe(severity);
  });
});

const policyOf = (bucket: string) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
  },
});

const rulesOf = (bucket: string) =>
  lintPolicy(JSON.stringify(policyOf(bucket)), { kind: 'bucket' }).map(({ rule }) => rule);

describe('a bucket policy whose bucket nobody named', () => {
  test('is about the bucket that most of its resources name', () => {
    const Resource = ['arn:aws:s3:::one/*', 'arn:aws:s3:::one', 'arn:aws:s3:::two/*'];
    const policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource },
    };
    const findings = lintPolicy(JSON.stringify(policy), { kind: 'bucket' });
    expect(findings.filter(({ rule }) => rule === 'S3R015').map(({ path }) => path)).toEqual([
      'Statement.Resource[2]',
    ]);
  });

  test('is not about a bucket whose name says that it is another', () => {
    expect(rulesOf('other')).toContain('S3R015');
    expect(rulesOf('mothership')).not.toContain('S3R015');
  });
});

describe('fixes', () => {
  test.each([...published, ...shapes])(
    '$rule: $case: leave JSON behind, and do away with the finding',
    ({ rule, policyKind, policy, options }) => {
      const given = { kind: policyKind, bucket: 'b', ...options };
      const count = (text: string): number =>
        lintPolicy(text, given).filter((finding) => finding.rule === rule).length;
      for (const text of [JSON.stringify(policy), JSON.stringify(policy, null, 2)]) {
        const findings = lintPolicy(text, given).filter((finding) => finding.rule === rule);
        for (const fix of findings.flatMap(({ fixes }) => fixes)) {
          expect(() => JSON.parse(fix.text) as unknown).not.toThrow();
          expect({ fix, left: count(fix.text) }).toSatisfy(({ left }) => left < findings.length);
        }
      }
    },
  );
});

describe('policies that AWS documents, and their like', () => {
  test.each(clean)('$case ($policyKind)', ({ policyKind, policy, expected }) => {
    const findings = lintPolicy(JSON.stringify(policy, null, 2), { kind: policyKind });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    // Some of the examples are public, wide or conditional on purpose, and the linter says so.
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)).toEqual(expected);
  });
});
