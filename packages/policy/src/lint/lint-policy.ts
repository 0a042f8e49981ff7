import { readJson } from '../reader/json-reader.ts';
import { viewPolicy } from '../reader/policy-view.ts';
import { checkActions } from './checks/action.ts';
import { checkCapabilities } from './checks/capability.ts';
import { checkConditionKeys } from './checks/condition-key.ts';
import { checkPresence } from './checks/condition-presence.ts';
import { checkConditionValues } from './checks/condition-value.ts';
import { checkDocument } from './checks/document.ts';
import { checkGrants } from './checks/grants.ts';
import { checkForeignResources, checkPlaceholders } from './checks/names-left.ts';
import { checkOverlap } from './checks/overlap.ts';
import { checkOwnCaller } from './checks/own-caller.ts';
import { checkPrincipals } from './checks/principal.ts';
import { checkProvider } from './checks/provider.ts';
import { checkQuota } from './checks/quota.ts';
import { checkResourceFit } from './checks/resource-fit.ts';
import { checkResources } from './checks/resource.ts';
import { checkSidTwins, checkStatement } from './checks/statement.ts';
import { checkTrust } from './checks/trust.ts';
import { checkVariables } from './checks/variable.ts';
import type { Finding } from './finding.ts';
import type { LintOptions } from './lint-options.ts';
import { isCorsText } from './mistaken-document.ts';
import { createReporter, type LintScope } from './lint-scope.ts';

/** In the order in which a person would look; findings are sorted by their place anyway. */
const statementChecks = [
  checkStatement,
  checkPrincipals,
  checkActions,
  checkResources,
  checkResourceFit,
  checkPlaceholders,
  checkConditionKeys,
  checkConditionValues,
  checkPresence,
  checkVariables,
  checkGrants,
  checkOwnCaller,
  checkTrust,
];
const documentChecks = [
  checkDocument,
  checkSidTwins,
  checkForeignResources,
  checkOverlap,
  checkQuota,
  checkProvider,
  checkCapabilities,
];

/**
 * Looks for what is wrong, dangerous or without effect in a policy, as it was pasted. Never throws; what cannot be read
 * is a finding too. Rules are in `rules.ts` and, with reasons and examples, in `docs/rules`.
 *
 * @param text JSON, whole; a text that is almost JSON is read as far as its meaning is clear
 * @returns findings in the order of the text, with fixes where there is one
 * @example lintPolicy('{"Statement": []}', { kind: 'identity' }).map(({ rule }) => rule) // ['S3P003', 'S3P001']
 */
export const lintPolicy = (text: string, options: LintOptions): Finding[] => {
  const reporter = createReporter(text);
  if (isCorsText(text)) {
    const whole = { start: 0, end: text.length };
    reporter.report('S3P001', whole, '', 'This is a list of CORS rules, no policy: use windlass cors lint');
    return reporter.findings();
  }
  const { root, problems, repaired } = readJson(text);
  const mended = repaired === null ? [] : [{ title: 'Repair the JSON', text: repaired }];
  for (const { message, start, end } of problems)
    reporter.report('S3P001', { start, end }, '', message, mended);
  if (root?.type !== 'object') {
    if (root !== null)
      reporter.report('S3P001', root, '', 'A policy is an object: { "Version": …, "Statement": [ … ] }');
    return reporter.findings();
  }
  const policy = viewPolicy(root);
  const scope: LintScope = { text, options, policy, ...reporter };
  for (const check of documentChecks) check(scope);
  for (const statement of policy.statements) for (const check of statementChecks) check(scope, statement);
  return reporter.findings(policy);
};
