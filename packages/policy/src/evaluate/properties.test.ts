import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../document/policy-document.ts';
import type { AccessRequest } from './access-request.ts';
import { evaluate } from './evaluate.ts';

const owner = '111122223333';
const some = <T>(...items: T[]) => fc.subarray(items, { minLength: 1, maxLength: 2 });

const statements = (withPrincipal: boolean): fc.Arbitrary<Statement> =>
  fc.record(
    {
      Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
      Action: some('s3:GetObject', 's3:Put*', 's3:*', '*'),
      Resource: some('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::c'),
      ...(withPrincipal && {
        Principal: fc.constantFrom('*' as const, { AWS: owner }, { AWS: [`arn:aws:iam::${owner}:user/ann`] }),
      }),
      Condition: fc.constantFrom(
        { StringLike: { 's3:prefix': 'a*' } },
        { StringNotEqualsIfExists: { 'aws:username': 'bob' } },
        { Bool: { 'aws:SecureTransport': 'true' } },
      ),
    },
    { requiredKeys: ['Effect', 'Action', 'Resource', ...(withPrincipal ? (['Principal'] as const) : [])] },
  );

const documents = (withPrincipal: boolean) =>
  fc
    .array(statements(withPrincipal), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));

const requests: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constantFrom(
    `arn:aws:iam::${owner}:user/ann`,
    `arn:aws:sts::${owner}:assumed-role/r/s`,
    'arn:aws:iam::444455556666:user/v',
    '*',
  ),
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:ListBucket'),
  resource: fc.constantFrom('arn:aws:s3:::b', 'arn:aws:s3:::b/ann/x', 'arn:aws:s3:::c'),
  resourceAccount: fc.constant(owner),
  context: fc.constantFrom(
    {},
    { 'aws:username': 'ann' },
    { 's3:prefix': 'abc', 'aws:SecureTransport': 'true' },
  ),
});

const sets = fc.record({
  identity: fc.array(documents(false), { maxLength: 2 }),
  bucketPolicy: fc.option(documents(true)),
  session: fc.option(documents(false)),
  boundary: fc.option(fc.array(documents(false), { minLength: 1, maxLength: 1 })),
});

const denyEverything: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };

describe('evaluation', () => {
  it('is never turned into an Allow by one more Deny', () => {
    fc.assert(
      fc.property(requests, sets, statements(false), (request, policies, extra) => {
        const before = evaluate(request, policies).decision;
        const more = {
          ...policies,
          identity: [
            ...(policies.identity ?? []),
            { Version: '2012-10-17', Statement: [{ ...extra, Effect: 'Deny' as const }] },
          ],
        };
        const after = evaluate(request, more).decision;
        expect(before === 'Allowed' || after !== 'Allowed').toBe(true);
      }),
    );
  });

  it('is never turned into a denial by one more Allow of an identity policy', () => {
    fc.assert(
      fc.property(requests, sets, statements(false), (request, policies, extra) => {
        if (evaluate(request, policies).decision !== 'Allowed') return;
        const more = {
          ...policies,
          identity: [
            ...(policies.identity ?? []),
            { Version: '2012-10-17', Statement: [{ ...extra, Effect: 'Allow' as const }] },
          ],
        };
        expect(evaluate(request, more).decision).toBe('Allowed');
      }),
    );
  });

  it('denies explicitly whatever a Deny of everything meets', () => {
    fc.assert(
      fc.property(requests, sets, (request, policies) => {
        const bucketPolicy = {
          Version: '2012-10-17',
          Statement: [{ ...denyEverything, Principal: '*' as const }],
        };
        expect(evaluate(request, { ...policies, bucketPolicy }).decision).toBe('ExplicitlyDenied');
      }),
    );
  });

  it('never widens by a boundary that allows everything, nor narrows', () => {
    fc.assert(
      fc.property(requests, sets, (request, policies) => {
        const open = [
          { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] },
        ];
        const without = evaluate(request, { ...policies, boundary: null }).decision;
        expect(evaluate(request, { ...policies, boundary: open }).decision).toBe(without);
      }),
    );
  });

  it('names as decisive a statement that matches and has the effect', () => {
    fc.assert(
      fc.property(requests, sets, (request, policies) => {
        const { decision, decidedBy, trace } = evaluate(request, policies);
        if (decidedBy === null) return;
        const decisive = trace.find(
          ({ policy, policyIndex, statementIndex }) =>
            policy === decidedBy.policy &&
            policyIndex === decidedBy.policyIndex &&
            statementIndex === decidedBy.statementIndex,
        );
        expect(decisive?.matched).toBe(true);
        expect(decisive?.effect).toBe(decision === 'ExplicitlyDenied' ? 'Deny' : 'Allow');
      }),
    );
  });

  it('changes nothing that it is given, and answers the same again', () => {
    fc.assert(
      fc.property(requests, sets, (request, policies) => {
        const copy = structuredClone({ request, policies });
        const first = evaluate(request, policies);
        expect({ request, policies }).toEqual(copy);
        expect(evaluate(request, policies)).toEqual(first);
      }),
    );
  });
});
