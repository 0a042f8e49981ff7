export { explainRule, lintExample, ruleDocs, type RuleExplanation } from './explain-rule.ts';
export type { RuleDoc } from './rule-doc.ts';
export { ruleTitles } from './rule-titles.ts';
