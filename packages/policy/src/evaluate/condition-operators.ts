import { splitArn } from '../match/arn.ts';
import { matchesArn } from '../match/arn-pattern.ts';
import { parseDecimal } from '../match/decimal.ts';
import { matchesGlob } from '../match/glob.ts';
import { parseInstant } from '../match/instant.ts';
import { ipRangeIncludes, parseIpRange } from '../match/ip-range.ts';
import type { KeyType } from '../facts/key-facts.ts';
import type { Expand } from '../match/policy-variables.ts';

/** Whether a value of the request fits a value of the policy. Values that cannot be read fit nothing. */
type Compare = (value: string, policyValue: string, expand: Expand) => boolean;

export type OperatorFamily = Exclude<KeyType, 'IPAddress'> | 'IpAddress' | 'Binary' | 'Null';

interface Comparison {
  readonly family: OperatorFamily;
  readonly compare: Compare;
}

const isBoolean = (value: string): boolean => value === 'true' || value === 'false';

const text =
  (compare: (value: string, policyValue: string) => boolean): Compare =>
  (value, policyValue, expand) => {
    const expanded = expand(policyValue);
    return expanded !== null && compare(value, expanded.text);
  };

const ordered =
  (read: (text: string) => number, holds: (value: number, policyValue: number) => boolean): Compare =>
  (value, policyValue) =>
    // Every comparison with NaN is false.
    holds(read(value), read(policyValue));

const like: Compare = (value, policyValue, expand) => {
  const expanded = expand(policyValue);
  return expanded !== null && matchesGlob(expanded.text, value, expanded.literals);
};

const arn: Compare = (value, policyValue, expand) => matchesArn(policyValue, splitArn(value), expand);

const ipAddress: Compare = (value, policyValue) => {
  const [address, range] = [parseIpRange(value), parseIpRange(policyValue)];
  return address !== null && range !== null && ipRangeIncludes(range, address);
};

const orders = [
  ['Equals', (a: number, b: number) => a === b],
  ['LessThan', (a: number, b: number) => a < b],
  ['LessThanEquals', (a: number, b: number) => a <= b],
  ['GreaterThan', (a: number, b: number) => a > b],
  ['GreaterThanEquals', (a: number, b: number) => a >= b],
] as const;

const orderedOperators = (
  family: 'Numeric' | 'Date',
  read: (text: string) => number,
): [string, Comparison][] =>
  orders.map(([name, holds]) => [family + name, { family, compare: ordered(read, holds) }]);

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const comparisons = new Map<string, Comparison>([
  ['StringEquals', { family: 'String', compare: text((value, policyValue) => value === policyValue) }],
  [
    'StringEqualsIgnoreCase',
    {
      family: 'String',
      compare: text((value, policyValue) => value.toLowerCase() === policyValue.toLowerCase()),
    },
  ],
  ['StringLike', { family: 'String', compare: like }],
  ...orderedOperators('Numeric', parseDecimal),
  ...orderedOperators('Date', parseInstant),
  [
    'Bool',
    {
      family: 'Bool',
      compare: (value, policyValue) =>
        isBoolean(value.toLowerCase()) && value.toLowerCase() === policyValue.toLowerCase(),
    },
  ],
  ['BinaryEquals', { family: 'Binary', compare: (value, policyValue) => value === policyValue }],
  ['IpAddress', { family: 'IpAddress', compare: ipAddress }],
  // AWS: the two behave identically.
  ['ArnEquals', { family: 'ARN', compare: arn }],
  ['ArnLike', { family: 'ARN', compare: arn }],
]);

/** What the negated operators negate. */
const negations = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
]);

/** Every operator without its qualifiers, as AWS spells it. */
export const operatorNames: readonly string[] = [...comparisons.keys(), ...negations.keys(), 'Null'];

export const setQualifiers = ['ForAllValues', 'ForAnyValue'] as const;
export type SetQualifier = (typeof setQualifiers)[number];

export interface ConditionOperator {
  readonly family: OperatorFamily;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: SetQualifier | null;
  readonly compare: Compare;
}

const ifExistsSuffix = 'ifexists';

const foldedKeys = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map([...map].map(([name, value]) => [name.toLowerCase(), value]));
const foldedComparisons = foldedKeys(comparisons);
const foldedNegations = foldedKeys(negations);

/**
 * What an operator means, however it is spelt; null for a name that is none.
 *
 * @example conditionOperator('ForAnyValue:StringNotLikeIfExists')?.negated // true
 */
export const conditionOperator = (name: string): ConditionOperator | null => {
  const folded = name.toLowerCase();
  const set = setQualifiers.find((qualifier) => folded.startsWith(`${qualifier.toLowerCase()}:`)) ?? null;
  const unqualified = set === null ? folded : folded.slice(set.length + 1);
  if (unqualified === 'null')
    return { family: 'Null', negated: false, ifExists: false, set, compare: () => false };
  const ifExists = unqualified.endsWith(ifExistsSuffix);
  const base = ifExists ? unqualified.slice(0, -ifExistsSuffix.length) : unqualified;
  const positive = foldedNegations.get(base)?.toLowerCase();
  const comparison = foldedComparisons.get(positive ?? base);
  return comparison === undefined ? null : { ...comparison, negated: positive !== undefined, ifExists, set };
};
