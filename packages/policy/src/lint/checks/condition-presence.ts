import type { ConditionView, StatementView } from '../../reader/policy-view.ts';
import { conditionOperator } from '../../evaluate/condition-operators.ts';
import type { ActionFacts } from '../../facts/action-facts.ts';
import { conditionKeyFacts } from '../../facts/key-facts.ts';
import { keyPresence } from '../../facts/key-presence.ts';
import { removeCondition } from '../condition-edits.ts';
import type { LintScope } from '../lint-scope.ts';
import { fenceFix, fenceSplit } from '../prefix-fence.ts';
import { isTrueWhenMissing, reachOf, type ActionReach } from '../statement-reach.ts';
import { keepOnly, splitStatement } from '../split-statement.ts';
import { checkOptionalKey } from './optional-key.ts';

type Reach = readonly ActionReach[];

/**
 * Conditions against what requests carry. A key that an action never has makes most operators false and negated ones,
 * `IfExists`, `ForAllValues` and `Null` with true always true: an Allow dies by the first, a Deny kills by the second.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
 */
export const checkPresence = (scope: LintScope, statement: StatementView): void => {
  if (statement.effect === null || statement.action === null || statement.notAction) return;
  const reach = reachOf(statement);
  for (const condition of statement.conditions) {
    if (
      conditionKeyFacts(condition.key.value) === null ||
      conditionOperator(condition.operator.value) === null
    )
      continue;
    checkCondition(scope, statement, condition, reach);
  }
};

/** Keys of every signed request are missing in AWS's reference for a few odd actions; that is no reason for a warning. */
const oddShare = 0.25;

const checkCondition = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  reach: Reach,
): void => {
  const key = condition.key.value;
  const lacks = ({ name }: ActionFacts): boolean => keyPresence(name, key) === 'never';
  const without = reach.filter(({ actions }) => actions.length > 0 && actions.every(lacks));
  if (without.length === reach.length && reach.length > 0) {
    reportNever(scope, statement, condition, without);
    return;
  }
  const isTrue = isTrueWhenMissing(condition);
  // In a Deny that is true for a missing key, one action of a pattern is enough to be denied for good.
  const partly =
    statement.effect === 'Deny' && isTrue
      ? reach.filter(
          ({ isPattern, actions }) => isPattern && actions.filter(lacks).length > actions.length * oddShare,
        )
      : [];
  const concerned = [...without, ...partly.filter((value) => !without.includes(value))];
  if (concerned.length > 0) reportMixed(scope, statement, condition, reach, concerned, isTrue, lacks);
  if (without.length === 0) checkOptionalKey(scope, statement, condition, reach);
};

const namesOf = (reach: Reach): string =>
  reach.length === 1
    ? (reach[0]?.value.text ?? '')
    : `${reach[0]?.value.text ?? ''} and ${reach.length - 1} more`;

/** No action of the statement has the key. */
const reportNever = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  without: Reach,
): void => {
  const { report } = scope;
  const key = condition.key.value;
  const operator = condition.operator.value;
  const at = condition.key;
  const who = namesOf(without);
  if (isTrueWhenMissing(condition)) {
    if (statement.effect === 'Deny')
      report(
        'S3C002',
        at,
        condition.path,
        `${key} is never part of a request for ${who}, and ${operator} is true for a missing key: the Deny always applies`,
        fenceFix(scope, statement, condition),
      );
    else
      report(
        'S3C003',
        at,
        condition.path,
        `${key} is never part of a request for ${who}, and ${operator} is true for a missing key: the condition limits nothing`,
        [
          ...fenceFix(scope, statement, condition),
          ...scope.fix(`Remove ${key}`, removeCondition(statement, condition)),
        ],
      );
    return;
  }
  const effect = statement.effect === 'Allow' ? 'nothing is allowed' : 'nothing is denied';
  report(
    'S3C001',
    at,
    condition.path,
    `${key} is never part of a request for ${who}: the condition is never true and ${effect}`,
    fenceFix(scope, statement, condition),
  );
};

/** Some actions have the key and some do not. */
const reportMixed = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  reach: Reach,
  concerned: Reach,
  isTrue: boolean,
  lacks: (facts: ActionFacts) => boolean,
): void => {
  const { report } = scope;
  const at = condition.key;
  const key = at.value;
  const fixes = mixedFix(scope, statement, condition, reach, concerned);
  const who = lackingNames(concerned, lacks);
  if (statement.effect === 'Deny' && isTrue) {
    const having = reach.flatMap(({ actions }) => actions).find((facts) => !lacks(facts));
    report(
      'S3C002',
      at,
      condition.path,
      `${key} is never part of a request for ${who.text}, and ${condition.operator.value} is true for a missing key: ${who.denied}`,
      fixes,
    );
    report(
      'S3C003',
      at,
      condition.path,
      `${key} is part of a request for ${having?.name ?? 'other actions'}, but never of one for ${who.text}: in one statement, ${who.denied}`,
      fixes,
    );
    return;
  }
  const effect = isTrue
    ? 'the condition does not limit it'
    : statement.effect === 'Deny'
      ? 'it is never denied'
      : 'it is never allowed';
  report('S3C003', at, condition.path, `${key} is never part of a request for ${who.text}: ${effect}`, fixes);
};

/** What people use, and so what they look for first when it is denied. */
const usual = [
  { name: 's3:PutObject', word: 'upload' },
  { name: 's3:GetObject', word: 'read' },
] as const;

/** Whom a condition fails, by the actions that people know, and what a Deny does to them. */
const lackingNames = (
  concerned: Reach,
  lacks: (facts: ActionFacts) => boolean,
): { text: string; denied: string } => {
  const lacking = (value: ActionReach) => value.actions.filter(lacks).map(({ name }) => name);
  const all = new Set(concerned.flatMap(lacking));
  const known = usual.filter(({ name }) => all.has(name));
  const names = known.map(({ name }) => name).join(' and ');
  const pattern = concerned.find(
    (value) => value.isPattern && (known[0] === undefined || lacking(value).includes(known[0].name)),
  );
  const denied =
    known.length === 0
      ? 'it is always denied'
      : `every ${known.map(({ word }) => word).join(' and every ')} is denied`;
  if (pattern === undefined) return { text: names === '' ? namesOf(concerned) : names, denied };
  const example = names === '' ? (lacking(pattern)[0] ?? '') : names;
  return { text: `${example} (within ${pattern.value.text})`, denied };
};

const mixedFix = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  reach: Reach,
  concerned: Reach,
) => {
  const split = isTrueWhenMissing(condition) ? fenceSplit(scope, statement, condition) : [];
  if (concerned.some(({ isPattern }) => isPattern) || statement.action === null) return split;
  const lacking = new Set(concerned.map(({ value }) => value.node));
  const having = new Set(reach.map(({ value }) => value.node).filter((node) => !lacking.has(node)));
  const only = keepOnly(statement.action, having);
  // A Deny that was never meant for those actions simply loses them.
  if (statement.effect === 'Deny') return [...split, ...scope.fix('Leave these actions out', only)];
  return scope.fix(
    'Split the statement',
    splitStatement(scope, statement, [
      only,
      [...keepOnly(statement.action, lacking), ...removeCondition(statement, condition)],
    ]),
  );
};
