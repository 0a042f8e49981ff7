import { evaluate } from '@windlass/policy';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPolicy } from './read-policy.ts';
import type { PolicyUse } from './read-policy.ts';

const bucketUse: PolicyUse = {
  kind: 'bucket',
  bucket: 'photos',
  isPrincipal: (arn) => arn.endsWith('user/known'),
};
const identityUse: PolicyUse = { kind: 'identity' };
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' };
const problem = (use: PolicyUse, ...Statement: object[]): string | undefined =>
  readPolicy(JSON.stringify({ Version: '2012-10-17', Statement }), use).problem;

describe('a policy of a bucket', () => {
  test.each<[name: string, changes: object, message: string]>([
    ['for everybody', { Principal: '*' }, 'taken'],
    ['for an account', { Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'] } }, 'taken'],
    ['for a user of this account', { Principal: { AWS: 'arn:aws:iam::000000000000:user/known' } }, 'taken'],
    [
      'for one who is not there',
      { Principal: { AWS: 'arn:aws:iam::000000000000:user/gone' } },
      'Invalid principal',
    ],
    ['for a user of another account', { Principal: { AWS: 'arn:aws:iam::111122223333:user/gone' } }, 'taken'],
    [
      'for a pattern of users',
      { Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } },
      'Invalid principal',
    ],
    ['for a service', { Principal: { Service: 'cloudfront.amazonaws.com' } }, 'taken'],
    ['for an unknown kind', { Principal: { Awz: '*' } }, 'Invalid principal type'],
    ['on all resources', { Principal: '*', Resource: '*' }, 'taken'],
    ['on a pattern that begins as the bucket', { Principal: '*', Resource: 'arn:aws:s3:::pho*' }, 'taken'],
    ['on another bucket', { Principal: '*', Resource: 'arn:aws:s3:::photos2/*' }, 'invalid resource'],
    [
      'on a bucket whose name goes on',
      { Principal: '*', Resource: 'arn:aws:s3:::photosx*' },
      'invalid resource',
    ],
    ['with an action of another service', { Principal: '*', Action: 'sqs:SendMessage' }, 'invalid action'],
    ['without an action', { Principal: '*', Action: [] }, 'must not be empty'],
    ['with both forms of an element', { Principal: '*', NotAction: 's3:*' }, 'either Action or NotAction'],
    ['with a misspelt effect', { Principal: '*', Effect: 'allow' }, 'Invalid effect'],
    [
      'with an operator that there is not',
      { Principal: '*', Condition: { StringMatches: { a: 'b' } } },
      'Invalid Condition type',
    ],
    [
      'with an operator over lists',
      { Principal: '*', Condition: { 'ForAnyValue:StringLikeIfExists': { 's3:prefix': ['a', 'b'] } } },
      'taken',
    ],
    [
      'with a value that is an object',
      { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': {} } } },
      'must be strings',
    ],
  ])('%s', (_name, changes, message) => {
    expect(problem(bucketUse, { ...allow, ...changes }) ?? 'taken').toContain(message);
  });
});

test('two statements of one Sid are refused', () => {
  expect(problem(identityUse, { ...allow, Sid: 'a' }, { ...allow, Sid: 'a' })).toContain('must be unique');
});

test('any text is read or refused, and what is read is judged', () => {
  const json = fc.oneof(
    fc.json({ maxDepth: 5 }),
    fc.string(),
    fc
      .record({
        Version: fc.constantFrom('2012-10-17', '2008-10-17', 1, null),
        Statement: fc.oneof(
          fc.anything(),
          fc.array(
            fc.dictionary(
              fc.constantFrom(...Object.keys(allow), 'Principal', 'Condition', '__proto__'),
              fc.anything(),
            ),
          ),
        ),
      })
      .map((value) => JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? 1 : each))),
  );
  fc.assert(
    fc.property(json, fc.constantFrom<PolicyUse>(bucketUse, identityUse, { kind: 'trust' }), (text, use) => {
      const { document, problem: found } = readPolicy(text, use);
      expect(document === undefined).toBe(found !== undefined);
      if (document === undefined) return;
      const request = {
        principal: '*',
        action: 's3:GetObject',
        resource: '*',
        resourceAccount: '0',
        context: {},
      };
      expect(evaluate(request, { bucketPolicy: document }).decision).toBeTypeOf('string');
    }),
    { numRuns: 500 },
  );
});

test.each([1000, 5000, 50_000])('nesting of %i levels is a problem of the policy, not of ours', (depth) => {
  const nested = '['.repeat(depth) + ']'.repeat(depth);
  for (const statement of [
    `"Effect":${nested}`,
    `"Effect":"Allow","Principal":${nested}`,
    `"Effect":"Allow","Principal":"*","Action":${nested}`,
    `"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":${nested}}`,
  ]) {
    expect(readPolicy(`{"Statement":[{${statement}}]}`, bucketUse).problem).toBeDefined();
  }
});
