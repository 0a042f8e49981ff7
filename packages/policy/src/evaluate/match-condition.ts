import { keyPresence } from '../facts/key-presence.ts';
import type { Expand } from '../match/policy-variables.ts';
import type { ConditionOperator } from './condition-operators.ts';
import type { PartTrace } from './evaluation.ts';
import type { RequestView } from './request-view.ts';
import { quoteAll } from './sentences.ts';

/** What an absent key makes of a condition, apart from `Null`. */
const holdsWithoutKey = ({ ifExists, set, negated }: ConditionOperator): boolean =>
  ifExists || set === 'ForAllValues' || (set === null && negated);

/** AWS: to a set operator a lone empty text is a set without members. */
const isEmptySet = (values: readonly string[]): boolean => values.length === 1 && values[0] === '';

const holdsWithValues = (
  operator: ConditionOperator,
  values: readonly string[],
  policyValues: readonly string[],
  expand: Expand,
): boolean => {
  const fits = (value: string): boolean =>
    policyValues.some((policyValue) => operator.compare(value, policyValue, expand));
  switch (operator.set) {
    case 'ForAllValues':
      return values.every((value) => fits(value) !== operator.negated);
    case 'ForAnyValue':
      return values.some((value) => fits(value) !== operator.negated);
    case null:
      // Several values in the policy: one of them for a positive operator, none of them for a negated one.
      return values.some(fits) !== operator.negated;
  }
};

const holdsNull = (policyValues: readonly string[], absent: boolean): boolean =>
  policyValues.some((value) => value.toLowerCase() === String(absent));

const traceAbsence = (operator: ConditionOperator, name: string, key: string, action: string): PartTrace => {
  const matched = holdsWithoutKey(operator);
  const absent = keyPresence(action, key) === 'never' ? 'always' : 'here';
  const where = absent === 'always' ? `never part of ${action}` : 'not part of this request';
  const sentence = `${key} is ${where}, and ${name} is ${matched ? 'true' : 'false'} for a missing key.`;
  return { part: 'condition', matched, sentence, operator: name, key, absent };
};

/**
 * One operator and key of a condition against the request.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 *
 * @param name of the operator, e.g. `ForAnyValue:StringLike`
 */
export const traceCondition = (
  operator: ConditionOperator,
  name: string,
  key: string,
  policyValues: readonly string[],
  view: RequestView,
  expand: Expand,
): PartTrace => {
  const present = view.valuesOf(key);
  const values = present !== null && operator.set !== null && isEmptySet(present) ? null : present;
  if (operator.family === 'Null') {
    const matched = holdsNull(policyValues, values === null);
    const sentence = `${key} is ${values === null ? 'not ' : ''}part of this request: Null ${quoteAll(policyValues)} ${matched ? 'holds' : 'does not hold'}.`;
    return {
      part: 'condition',
      matched,
      sentence,
      operator: name,
      key,
      ...(values === null && { absent: 'here' }),
    };
  }
  if (values === null) return traceAbsence(operator, name, key, view.action);
  const matched = holdsWithValues(operator, values, policyValues, expand);
  const sentence = `${key} is ${quoteAll(values)}: ${name} ${quoteAll(policyValues)} ${matched ? 'holds' : 'does not hold'}.`;
  return { part: 'condition', matched, sentence, operator: name, key };
};
