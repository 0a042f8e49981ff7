import { createLineIndex } from '../reader/line-index.ts';
import { replaceNode } from '../reader/json-edit.ts';
import type { PolicyView } from '../reader/policy-view.ts';
import { applyEdits, type TextEdit } from '../reader/text-edit.ts';
import type { Finding, Fix } from './finding.ts';
import type { LintOptions } from './lint-options.ts';
import { severityOfRule, type RuleId } from './rules.ts';

interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Adds a finding; it belongs to the statement in which its place lies. */
export type Report = (
  rule: RuleId,
  at: Placed,
  path: string,
  message: string,
  fixes?: readonly Fix[],
) => void;

/** What a check sees. */
export interface LintScope {
  readonly text: string;
  readonly options: LintOptions;
  readonly policy: PolicyView;
  readonly report: Report;
  /** A fix out of edits; empty when they change nothing. */
  readonly fix: (title: string, edits: readonly TextEdit[]) => Fix[];
  /** A fix that puts a text in the place of a value; empty without a text. */
  readonly write: (node: Placed, value: string | null | undefined, title?: string) => Fix[];
}

export interface Reporter extends Pick<LintScope, 'report' | 'fix' | 'write'> {
  /** In the order of the text. */
  readonly findings: (policy?: PolicyView) => Finding[];
}

/** Collects findings. */
export const createReporter = (text: string): Reporter => {
  const spanOf = createLineIndex(text);
  const reported: Omit<Finding, 'statement'>[] = [];
  const fix: LintScope['fix'] = (title, edits) => {
    const changes = edits.some((edit) => text.slice(edit.start, edit.end) !== edit.text);
    if (!changes) return [];
    // Made when it is read: a policy of 20 KB may have a hundred fixes, and a person applies one.
    return [
      {
        title,
        get text() {
          return applyEdits(text, edits);
        },
      },
    ];
  };
  return {
    report: (rule, { start, end }, path, message, fixes = []) => {
      reported.push({ rule, severity: severityOfRule[rule], message, path, fixes, ...spanOf(start, end) });
    },
    fix,
    write: (node, value, title = `Write ${value}`) =>
      value === null || value === undefined ? [] : fix(title, [replaceNode(node, JSON.stringify(value))]),
    findings: (policy) =>
      reported
        .map((finding) => ({ ...finding, statement: statementAt(policy, finding.start) }))
        .toSorted((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1)),
  };
};

const statementAt = (policy: PolicyView | undefined, offset: number): number | null =>
  policy?.statements.find(({ node }) => node.start <= offset && offset < node.end)?.index ?? null;
