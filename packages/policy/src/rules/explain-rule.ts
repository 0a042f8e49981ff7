import { lintCors } from '../lint/lint-cors.ts';
import { lintPolicy } from '../lint/lint-policy.ts';
import { severityOfRule, type RuleId } from '../lint/rules.ts';
import type { Finding, Severity } from '../lint/finding.ts';
import { actionRuleDocs } from './action-rule-docs.ts';
import { conditionRuleDocs } from './condition-rule-docs.ts';
import { corsRuleDocs } from './cors-rule-docs.ts';
import { documentRuleDocs } from './document-rule-docs.ts';
import { resourceRuleDocs } from './resource-rule-docs.ts';
import type { RuleDoc } from './rule-doc.ts';
import { ruleTitles } from './rule-titles.ts';
import { wholeRuleDocs } from './whole-rule-docs.ts';

export const ruleDocs: Readonly<Record<RuleId, RuleDoc>> = {
  ...documentRuleDocs,
  ...actionRuleDocs,
  ...resourceRuleDocs,
  ...conditionRuleDocs,
  ...wholeRuleDocs,
  ...corsRuleDocs,
};

/** A rule with all that a page about it shows. */
export interface RuleExplanation {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly mend: string;
  readonly source: string;
  /** A document that has the finding, as JSON. */
  readonly bad: string;
  /** The same without it. */
  readonly good: string;
  /** What the linter says to `bad`. */
  readonly message: string;
}

/**
 * Explains a rule. The example is linted on the way, so that what a page says is what the linter does.
 *
 * @example explainRule('S3C002').good // the fence, by NotResource
 */
export const explainRule = (id: RuleId): RuleExplanation => {
  const { why, mend, source, ...example } = ruleDocs[id];
  const bad = textOf(example.bad);
  const finding = lintExample(id, bad).find(({ rule }) => rule === id);
  const good = example.good === undefined ? (finding?.fixes[0]?.text ?? '') : textOf(example.good);
  return {
    id,
    severity: severityOfRule[id],
    title: ruleTitles[id],
    why,
    mend,
    source,
    bad,
    good,
    message: finding?.message ?? '',
  };
};

/** Lints a document as the rule's example is. */
export const lintExample = (id: RuleId, text: string): Finding[] => {
  const { options = {} } = ruleDocs[id];
  return id.startsWith('COR') ? lintCors(text, options) : lintPolicy(text, { kind: 'identity', ...options });
};

/** A statement gets the policy around it. */
const textOf = (example: unknown): string => {
  const isStatement = typeof example === 'object' && example !== null && 'Effect' in example;
  return JSON.stringify(isStatement ? { Version: '2012-10-17', Statement: [example] } : example, null, 2);
};
