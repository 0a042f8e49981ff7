import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument, PolicyKind, Statement } from '../document/policy-document.ts';
import type { GenerateInput } from '../generate/generate-input.ts';
import { generate } from '../generate/generate.ts';
import { capabilities } from '../jobs/capability.ts';
import { comparePolicies } from './compare-policies.ts';

const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (
  Action: string | string[],
  Resource: string | string[],
  more: Partial<Statement> = {},
): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const compare = (first: PolicyDocument, second: PolicyDocument, kind: PolicyKind = 'identity') =>
  comparePolicies(first, second, { kind, bucket: 'media' }).map(
    ({ state, action, resource }) => `${state} ${action} ${resource.replace('arn:aws:s3:::', '')}`,
  );
const uploads = 'arn:aws:s3:::media/uploads/*';

const at = (range: string) =>
  policy(allow('s3:PutObject', uploads, { Condition: { IpAddress: { 'aws:SourceIp': range } } }));
const named = (AWS: string) => policy(allow('s3:PutObject', uploads, { Principal: { AWS } }));

describe('comparePolicies', () => {
  test('tells missing from excess, with the statement to add or to drop and its access level', () => {
    const rows = comparePolicies(
      policy(allow(['s3:PutObject', 's3:PutObjectAcl'], uploads)),
      policy(allow(['s3:PutObject', 's3:GetObject'], uploads)),
      { kind: 'identity', bucket: 'media' },
    );
    expect(rows).toMatchObject([
      {
        state: 'missing',
        action: 's3:GetObject',
        accessLevel: 'Read',
        statement: allow('s3:GetObject', uploads),
      },
      {
        state: 'excess',
        action: 's3:PutObjectAcl',
        accessLevel: 'Permissions management',
        statement: allow('s3:PutObjectAcl', uploads),
      },
      { state: 'equal', action: 's3:PutObject', statement: null },
    ]);
  });

  test('sees through spelling: brackets, order, case, wildcards that name one action', () => {
    expect(
      compare(
        policy(allow(['s3:putobject'], [uploads])),
        policy({ ...allow('s3:PutObjec?', uploads), Sid: 'Other' }),
      ),
    ).toEqual(['equal s3:PutObject media/uploads/*']);
  });

  test('finds a wider resource to be excess, and the narrower one within it equal', () => {
    expect(
      compare(policy(allow('s3:PutObject', 'arn:aws:s3:::media/*')), policy(allow('s3:PutObject', uploads))),
    ).toEqual(['excess s3:PutObject media/*', 'equal s3:PutObject media/uploads/*']);
  });

  test('finds what a prefix without its slash reaches', () => {
    expect(
      compare(
        policy(allow('s3:PutObject', 'arn:aws:s3:::media/uploads*')),
        policy(allow('s3:PutObject', uploads)),
      ),
    ).toContain('excess s3:PutObject media/uploads*');
  });

  test('expands s3:* to what it gives on the resource', () => {
    const rows = compare(policy(allow('s3:*', uploads)), policy(allow('s3:PutObject', uploads)));
    expect(rows).toEqual(
      expect.arrayContaining([
        'excess s3:DeleteObject media/uploads/*',
        'excess s3:PutObjectAcl media/uploads/*',
        'equal s3:PutObject media/uploads/*',
      ]),
    );
    expect(rows.some((row) => row.includes('s3:ListBucket '))).toBe(false);
  });

  test('minds conditions: what only one of them asks for is a difference', () => {
    const conditioned = allow('s3:ListBucket', 'arn:aws:s3:::media', {
      Condition: { StringLike: { 's3:prefix': 'uploads/*' } },
    });
    expect(compare(policy(allow('s3:ListBucket', 'arn:aws:s3:::media')), policy(conditioned))).toEqual([
      'excess s3:ListBucket media',
    ]);
    expect(compare(policy(conditioned), policy(conditioned))).toEqual(['equal s3:ListBucket media']);
  });

  test('minds a Deny', () => {
    const deny: Statement = {
      Effect: 'Deny',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::media/uploads/locked/*',
    };
    expect(
      compare(policy(allow('s3:PutObject', uploads), deny), policy(allow('s3:PutObject', uploads))),
    ).toEqual(['missing s3:PutObject media/uploads/*']);
  });

  test('minds who is named in a bucket policy', () => {
    expect(
      compare(
        named('arn:aws:iam::111122223333:user/ann'),
        named('arn:aws:iam::111122223333:user/bob'),
        'bucket',
      ).toSorted(),
    ).toEqual(['excess s3:PutObject media/uploads/*', 'missing s3:PutObject media/uploads/*']);
    expect(compare(named('*'), named('111122223333'), 'bucket')).toEqual([
      'excess s3:PutObject media/uploads/*',
    ]);
  });

  test('says that it does not know where two conditions agree on all that was tried', () => {
    expect(compare(at('203.0.113.0/24'), at('203.0.113.0/25'))).toEqual([
      'unknown s3:PutObject media/uploads/*',
    ]);
  });

  test('finds what was generated equal to itself', () => {
    fc.assert(
      fc.property(
        fc.subarray([...capabilities], { minLength: 1 }),
        fc.constantFrom('', 'uploads/', 'été *?/'),
        fc.boolean(),
        (jobs, prefix, addOns) => {
          const input: GenerateInput = {
            capabilities: jobs,
            provider: 'aws',
            bucket: 'media',
            prefix,
            principal: 'arn:aws:iam::444455556666:user/windlass',
            accountId: '111122223333',
            addOns: { tlsOnly: addOns, writeOnce: addOns, accountPin: addOns },
          };
          const { identity, bucketPolicy } = generate(input);
          for (const [document, kind] of [
            [identity, 'identity'],
            [bucketPolicy, 'bucket'],
          ] as const) {
            const rows = document === null ? [] : compare(document, document, kind);
            expect(rows.length).toBeGreaterThan(0);
            expect(rows.filter((row) => !row.startsWith('equal '))).toEqual([]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
