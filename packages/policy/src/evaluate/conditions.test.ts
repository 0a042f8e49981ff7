import { describe, expect, it } from 'vitest';
import type { ConditionElement } from '../document/policy-document.ts';
import type { RequestContext } from './access-request.ts';
import { evaluate } from './evaluate.ts';

/** Whether a condition holds: it guards the only Allow. */
const evaluation = (Condition: ConditionElement, context: RequestContext, Version = '2012-10-17') =>
  evaluate(
    {
      principal: 'arn:aws:iam::111122223333:user/ann',
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::b/k',
      resourceAccount: '111122223333',
      context,
    },
    { identity: [{ Version, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition }] }] },
  );
const holds = (
  operator: string,
  values: string | boolean | number | readonly string[],
  value?: string | readonly string[],
): boolean =>
  evaluation({ [operator]: { 'x:key': values } }, value === undefined ? {} : { 'x:key': value }).decision ===
  'Allowed';

describe('operators', () => {
  it.each([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
    ['StringNotEqualsIgnoreCase', 'Ab', 'aB', false],
    ['StringLike', 'a*c?', 'a/\nc1', true],
    ['StringNotLike', 'a*', 'b', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', 100, '99', true],
    ['NumericLessThan', '100', '1e1', false],
    ['NumericLessThanEquals', '100', '100', true],
    ['NumericGreaterThan', '100', '100', false],
    ['NumericGreaterThanEquals', '100', '100', true],
    ['DateEquals', '2026-11-22', '2026-11-22T00:00:00Z', true],
    ['DateNotEquals', '2026-11-22', '2026-11-22T00:00:00Z', false],
    ['DateLessThan', '1795341600', '2026-11-22T09:59:59Z', true],
    ['DateLessThanEquals', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z', true],
    ['DateGreaterThan', '2026', '2026-01-01T00:00:01Z', true],
    ['DateGreaterThanEquals', 'soon', '2026-01-01T00:00:01Z', false],
    ['Bool', 'true', 'true', true],
    ['Bool', true, 'TRUE', true],
    ['Bool', 'yes', 'yes', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'qmluYXJ5', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
    ['NotIpAddress', ['203.0.113.0/24', '198.51.100.0/24'], '192.0.2.1', true],
    ['NotIpAddress', '203.0.113.10', '2001:db8::9', true],
    ['ArnEquals', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/a/b', true],
    ['ArnLike', 'arn:aws:iam::1*:role', 'arn:aws:iam::111122223333:role/a', false],
    ['ArnNotEquals', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:user/a', true],
    ['ArnNotLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/a', false],
    // IAM does not mind the case of an operator.
    ['stringequals', 'a', 'a', true],
    ['FORANYVALUE:STRINGLIKEIFEXISTS', 'a*', 'ab', true],
  ] as const)('%s %j against %j: %s', (operator, values, value, expected) => {
    expect(holds(operator, values, value)).toBe(expected);
  });
});

describe('a missing key', () => {
  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringLikeIfExists', true],
    ['StringNotLikeIfExists', true],
    ['NumericLessThan', false],
    ['NumericNotEquals', true],
    ['Bool', false],
    ['BoolIfExists', true],
    ['IpAddress', false],
    ['NotIpAddress', true],
    ['ArnNotLike', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
  ])('makes %s %s', (operator, expected) => {
    expect(holds(operator, 'a')).toBe(expected);
  });

  it.each([
    ['true', undefined, true],
    ['false', undefined, false],
    ['true', 'x', false],
    ['false', 'x', true],
    [['true', 'false'], 'x', true],
    // A key without values is not there.
    ['true', [], true],
  ] as const)('Null %j with the value %j: %s', (values, value, expected) => {
    expect(holds('Null', values, value)).toBe(expected);
  });
});

describe('several values', () => {
  it.each([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
    ['ForAnyValue:StringEquals', ['a'], ['b'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    // AWS: an empty text is a set without members.
    ['ForAllValues:StringEquals', ['a'], [''], true],
    ['ForAnyValue:StringNotEquals', ['a'], [''], false],
    ['StringEquals', [], 'a', false],
    ['StringNotEquals', [], 'a', true],
  ] as const)('%s %j against %j: %s', (operator, values, value, expected) => {
    expect(holds(operator, values, value)).toBe(expected);
  });

  it('leave a plain operator open', () => {
    const { decision, uncertain } = evaluation(
      { StringNotEquals: { 'x:key': 'a' } },
      { 'x:key': ['b', 'c'] },
    );
    expect(decision).toBe('ImplicitlyDenied');
    expect(uncertain[0]?.sentence).toContain('x:key has several values');
  });
});

describe('variables in conditions', () => {
  it('stand in values of string and ARN operators, under Version 2012-10-17 only', () => {
    const context = { 'x:key': 'ann', 'aws:username': 'ann' };
    const condition = { StringEquals: { 'x:key': '${aws:username}' } };
    expect(evaluation(condition, context).decision).toBe('Allowed');
    expect(evaluation(condition, context, '2008-10-17').decision).toBe('ImplicitlyDenied');
    expect(evaluation({ NumericEquals: { 'x:key': '${x:n}' } }, { 'x:key': '5', 'x:n': '5' }).decision).toBe(
      'ImplicitlyDenied',
    );
  });

  it('leave the statement open where they have no value, unless another value settles it', () => {
    const open = evaluation({ StringEquals: { 'x:key': '${aws:username}' } }, { 'x:key': 'a' });
    expect(open.uncertain.map(({ sentence }) => sentence)).toEqual([
      'This Allow does not apply: the variable ${aws:username} has no value in this request.',
    ]);
    expect(
      evaluation({ StringEquals: { 'x:key': ['${aws:username}', 'a'] } }, { 'x:key': 'a' }).decision,
    ).toBe('Allowed');
    expect(
      evaluation({ StringNotEquals: { 'x:key': ['${aws:username}', 'b'] } }, { 'x:key': 'a' }).decision,
    ).toBe('ImplicitlyDenied');
    expect(
      evaluation({ StringNotEquals: { 'x:key': ['${aws:username}', 'a'] } }, { 'x:key': 'a' }).uncertain,
    ).toEqual([]);
    expect(evaluation({ StringNotEquals: { 'x:key': '${aws:username}' } }, {}).decision).toBe('Allowed');
  });

  it('take no key with several values', () => {
    const { uncertain } = evaluation(
      { StringEquals: { 'x:key': '${x:many}' } },
      { 'x:key': 'a', 'x:many': ['a', 'b'] },
    );
    expect(uncertain).toHaveLength(1);
  });
});
