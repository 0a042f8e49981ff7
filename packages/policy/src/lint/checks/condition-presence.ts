import { replaceNode } from '../../reader/json-edit.ts';
import type { ConditionView, StatementView } from '../../reader/policy-view.ts';
import type { TextEdit } from '../../reader/text-edit.ts';
import { conditionOperator } from '../../evaluate/condition-operators.ts';
import type { ActionFacts } from '../../facts/action-facts.ts';
import { conditionKeyFacts } from '../../facts/key-facts.ts';
import { keyPresence } from '../../facts/key-presence.ts';
import { removeCondition } from '../condition-edits.ts';
import type { LintScope } from '../lint-scope.ts';
import { isTrueWhenMissing, reachOf, resourcesOf, type ActionReach } from '../statement-reach.ts';
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

/**
 * `s3:prefix` on an action about objects: what was meant is a limit on keys, and that is what Resource and NotResource
 * are for. A negated operator in a Deny fences the prefixes in; everything else names them.
 */
const fenceFix = (scope: LintScope, statement: StatementView, condition: ConditionView) => {
  const { resource } = statement;
  if (condition.key.value.toLowerCase() !== 's3:prefix' || resource === null || statement.notResource)
    return [];
  const operator = conditionOperator(condition.operator.value);
  const resources = resourcesOf(statement);
  const objects = resources.filter(({ arn }) => arn.shape === 'object');
  const whole = objects.every(({ arn }) => arn.key === '*') && resources.length === resource.values.length;
  if (operator?.family !== 'String' || !whole || objects.length === 0 || condition.values.length === 0)
    return [];
  const arns = objects.flatMap(({ value }) =>
    condition.values.map(({ text }) => value.text.slice(0, -1) + keyPattern(text)),
  );
  const fence = operator.negated;
  // What an Allow does not fence in it must not allow, and NotResource would allow all other buckets.
  if (fence && statement.effect === 'Allow') return [];
  const name = fence ? 'NotResource' : 'Resource';
  const single = arns.length === 1 && resource.member.value.type !== 'array' ? arns[0] : arns;
  const edits: TextEdit[] = [
    replaceNode(resource.member.name, JSON.stringify(name)),
    replaceNode(resource.member.value, JSON.stringify(single).replaceAll('","', '", "')),
    ...removeCondition(statement, condition),
  ];
  return scope.fix(fence ? 'Replace the condition by NotResource' : 'Put the prefix into Resource', edits);
};

/** A value of `s3:prefix` as a pattern for keys: `uploads/` lists what `uploads/*` names. */
const keyPattern = (prefix: string): string =>
  prefix.endsWith('*') ? prefix : prefix === '' || prefix.endsWith('/') ? `${prefix}*` : `${prefix}/*`;

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
  const first = concerned[0];
  const example =
    first?.isPattern === true
      ? `${first.actions.find(lacks)?.name ?? ''} (within ${first.value.text})`
      : namesOf(concerned);
  const effect = isTrue
    ? statement.effect === 'Deny'
      ? 'it is always denied'
      : 'the condition does not limit it'
    : statement.effect === 'Deny'
      ? 'it is never denied'
      : 'it is never allowed';
  scope.report(
    'S3C003',
    condition.key,
    condition.path,
    `${condition.key.value} is never part of a request for ${example}: ${effect}`,
    mixedFix(scope, statement, condition, reach, concerned),
  );
};

const mixedFix = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  reach: Reach,
  concerned: Reach,
) => {
  if (concerned.some(({ isPattern }) => isPattern) || statement.action === null) return [];
  const lacking = new Set(concerned.map(({ value }) => value.node));
  const having = new Set(reach.map(({ value }) => value.node).filter((node) => !lacking.has(node)));
  const only = keepOnly(statement.action, having);
  // A Deny that was never meant for those actions simply loses them.
  if (statement.effect === 'Deny') return scope.fix('Leave these actions out', only);
  return scope.fix(
    'Split the statement',
    splitStatement(scope, statement, [
      only,
      [...keepOnly(statement.action, lacking), ...removeCondition(statement, condition)],
    ]),
  );
};
