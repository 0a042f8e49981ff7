import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicySet } from './access-request.ts';
import { evaluate } from './evaluate.ts';

const request = {
  principal: 'arn:aws:iam::111122223333:user/ann',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  resourceAccount: '111122223333',
  context: { 'aws:username': 'ann', 's3:prefix': ['a', 'b'] },
};

/** What somebody pastes is any JSON, whatever the types promise. */
const pasted = (value: unknown): PolicySet =>
  ({ identity: [value], bucketPolicy: value, session: value }) as PolicySet;

const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const faultOf = (broken: unknown): string | undefined =>
  evaluate(request, { identity: [{ Version: '2012-10-17', Statement: broken }] } as PolicySet).uncertain[0]
    ?.sentence;

describe('documents that IAM would not take', () => {
  it.each([
    [{ ...statement, Effect: 'allow' }, 'its Effect is neither Allow nor Deny'],
    [{ ...statement, Action: undefined }, 'it has no Action'],
    [{ ...statement, NotAction: 's3:Put*' }, 'it has Action and NotAction'],
    [{ ...statement, Resource: undefined }, 'it has no Resource'],
    [{ ...statement, NotResource: 'x' }, 'it has Resource and NotResource'],
    [{ ...statement, Principal: '*' }, 'this kind of policy has no Principal'],
    [{ ...statement, Condition: 'x' }, 'its Condition is not operators over keys'],
    [{ ...statement, Condition: { StringEquals: 'x' } }, 'its Condition is not operators over keys'],
    ['x', 'its Effect is neither Allow nor Deny'],
  ])('a statement like %j counts for nothing, and it is said why', (broken, fault) => {
    expect(faultOf(broken)).toBe(`IAM does not take this statement: ${fault}.`);
  });

  it('a bucket policy needs a principal', () => {
    const { uncertain, decision } = evaluate(request, {
      bucketPolicy: { Statement: statement },
    } as PolicySet);
    expect(uncertain[0]?.sentence).toContain('it has no Principal');
    expect(decision).toBe('ImplicitlyDenied');
  });

  it('a policy needs statements', () => {
    expect(evaluate(request, pasted({})).uncertain[0]?.sentence).toBe(
      'IAM does not take this policy: it has no Statement.',
    );
  });

  it('takes any JSON without an error, and allows nothing by it that is not an Allow', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { decision, trace } = evaluate(request, pasted(value));
        const allowing = trace.some(({ effect, matched }) => matched && effect === 'Allow');
        expect(allowing || decision !== 'Allowed').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes any JSON in any element of a statement', () => {
    const elements = [
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...elements), fc.jsonValue()), (broken) => {
        expect(() =>
          evaluate(request, pasted({ Version: '2012-10-17', Statement: [{ ...statement, ...broken }] })),
        ).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('is not led astray by names of the language itself', () => {
    const condition = JSON.parse('{"StringEquals": {"__proto__": "x", "constructor": "y"}}') as Record<
      string,
      never
    >;
    const { decision } = evaluate(request, {
      identity: [
        {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition },
        },
      ],
    });
    expect(decision).toBe('ImplicitlyDenied');
  });
});
