import type {
  ConditionView,
  ElementView,
  PrincipalElementView,
  StatementView,
  TextValue,
} from '../reader/policy-view.ts';
import { conditionOperator, type ConditionOperator } from '../evaluate/condition-operators.ts';
import { matchActions, type ActionFacts } from '../facts/action-facts.ts';
import { actionTakes } from '../facts/action-takes.ts';
import { isStar } from '../match/arn-pattern.ts';
import { hasWildcard, matchesGlob } from '../match/glob.ts';
import { arnCovers } from '../match/pattern-sets.ts';
import { readResourceArn, type ResourceArn } from '../match/resource-arn.ts';

/** The resource patterns of S3 in a statement, read. */
export const resourcesOf = (statement: StatementView): { value: TextValue; arn: ResourceArn }[] =>
  (statement.resource?.values ?? []).flatMap((value) => {
    const arn = readResourceArn(value.text);
    return arn && (arn.service === 's3' || arn.service === 's3-object-lambda') ? [{ value, arn }] : [];
  });

export interface ActionReach {
  readonly value: TextValue;
  /** The value has wildcards. */
  readonly isPattern: boolean;
  readonly actions: readonly ActionFacts[];
}

/** Views are read-only, so what was found out about one holds for as long as it lives. */
const remembered = new WeakMap<StatementView, readonly ActionReach[]>();

/** What a statement's `Action` reaches, value by value, cut to what its resources can take. */
export const reachOf = (statement: StatementView): readonly ActionReach[] => {
  const known = remembered.get(statement);
  if (known) return known;
  const reach = findReach(statement);
  remembered.set(statement, reach);
  return reach;
};

const findReach = (statement: StatementView): ActionReach[] => {
  const resources = resourcesOf(statement);
  const known = resources.length > 0 && resources.length === statement.resource?.values.length;
  return (statement.action?.values ?? []).map((value) => {
    const isPattern = hasWildcard(value.text);
    const all = matchActions(value.text);
    // A name is judged by itself; of a pattern only what can happen here counts.
    const actions =
      isPattern && known ? all.filter((facts) => resources.some(({ arn }) => actionTakes(facts, arn))) : all;
    return { value, isPattern, actions };
  });
};

export const allows = (statement: StatementView, action: string): boolean =>
  (statement.action?.values ?? []).some(({ text }) => matchesGlob(text.toLowerCase(), action.toLowerCase()));

/** True when the statement allows the action, its conditions aside, on all that the resources name. */
export const isGranted = (statement: StatementView, action: string, resource: ElementView | null): boolean =>
  statement.effect === 'Allow' &&
  allows(statement, action) &&
  (resource?.values ?? []).every(
    ({ text }) => statement.resource?.values.some((wide) => arnCovers(wide.text, text)) === true,
  );

/** True when the element names everybody: `*` or `{"AWS": "*"}`. */
export const namesEverybody = (element: PrincipalElementView | null): boolean =>
  element?.principals.some(
    ({ type, value }) => (type === null || type.value === 'AWS') && isStar(value.text),
  ) === true;

export const conditionOn = (
  statement: StatementView,
  ...keys: readonly string[]
): ConditionView | undefined =>
  statement.conditions.find(({ key }) => keys.includes(key.value.toLowerCase()));

/** True when the condition holds for a request that does not have the key. False for operators that do not exist. */
export const isTrueWhenMissing = (condition: ConditionView): boolean => {
  const operator = conditionOperator(condition.operator.value);
  if (operator === null) return false;
  if (operator.family === 'Null') return condition.values.some(({ text }) => text.toLowerCase() === 'true');
  return isTrueWithoutValue(operator);
};

// ForAnyValue asks for one value that matches; of none no value does, not even under a negated operator.
const isTrueWithoutValue = ({ ifExists, set, negated }: ConditionOperator): boolean =>
  ifExists || set === 'ForAllValues' || (negated && set !== 'ForAnyValue');

/** True when the condition demands a value from the request: a positive operator, or `Null` with false. */
export const isDemand = (condition: ConditionView): boolean => {
  const operator = conditionOperator(condition.operator.value);
  return operator !== null && !operator.negated && !isTrueWhenMissing(condition);
};

/**
 * A bucket policy that hands decisions over to access points: everybody, everything, if it came through an access point
 * of that account.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export const isDelegation = (statement: StatementView): boolean => {
  const condition = conditionOn(statement, 's3:dataaccesspointaccount', 's3:dataaccesspointarn');
  return (
    condition !== undefined && isDemand(condition) && condition.values.every(({ text }) => !isStar(text))
  );
};
