import { createLineIndex } from '../reader/line-index.ts';
import type { PolicyView, StatementView } from '../reader/policy-view.ts';
import { applyEdits, type TextEdit } from '../reader/text-edit.ts';
import type { Finding, Fix } from './finding.ts';
import type { LintOptions } from './lint-options.ts';
import { severityOfRule, type RuleId } from './rules.ts';

interface Placed {
  readonly start: number;
  readonly end: number;
}

export interface Report {
  (
    rule: RuleId,
    at: Placed,
    path: string,
    message: string,
    more?: { readonly statement?: StatementView | undefined; readonly fixes?: readonly Fix[] | undefined },
  ): void;
}

/** What a check sees. */
export interface LintScope {
  readonly text: string;
  readonly options: LintOptions;
  readonly policy: PolicyView;
  readonly report: Report;
  /** A fix out of edits; empty when they change nothing. */
  readonly fix: (title: string, edits: readonly TextEdit[]) => Fix[];
}

/** Collects findings and gives them back in the order of the text. */
export const createReporter = (
  text: string,
): { report: Report; fix: LintScope['fix']; sorted: () => Finding[] } => {
  const spanOf = createLineIndex(text);
  const findings: Finding[] = [];
  return {
    report: (rule, { start, end }, path, message, { statement, fixes = [] } = {}) => {
      findings.push({
        rule,
        severity: severityOfRule[rule],
        message,
        path,
        statement: statement?.index ?? null,
        fixes,
        ...spanOf(start, end),
      });
    },
    fix: (title, edits) => {
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
    },
    sorted: () =>
      findings.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1)),
  };
};
