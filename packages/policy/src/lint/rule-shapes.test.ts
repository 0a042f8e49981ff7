import { describe, expect, test } from 'vitest';
import { lintPolicy } from './lint-policy.ts';
import type { LintOptions } from './lint-options.ts';
import { ruleIds, type RuleId } from './rules.ts';

const put = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' };
const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' };
const account = { AWS: '111122223333' };
const deny = { ...put, Effect: 'Deny', Principal: '*' };
const policy = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const trust = (principal: unknown, action: string, condition?: unknown) =>
  policy({
    Effect: 'Allow',
    Principal: principal,
    Action: action,
    ...(condition !== undefined && { Condition: condition }),
  });
const when = (condition: unknown, base: object = put) => policy({ ...base, Condition: condition });
const oidc = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';

type Shape = readonly [rule: RuleId, name: string, document: unknown, options?: Partial<LintOptions>];

const bucket = { kind: 'bucket' } as const;
const inTrust = { kind: 'trust' } as const;

const shapes: readonly Shape[] = [
  ['S3P001', 'no Statement', { Version: '2012-10-17' }],
  ['S3P001', 'an empty list', policy()],
  ['S3P001', 'a list as the document', [put]],
  ['S3P001', 'a text as statement', policy('s3:*')],
  ['S3P001', 'an object as Action', policy({ ...put, Action: { a: 1 } })],
  ['S3P001', 'a text as Condition', policy({ ...put, Condition: 'x' })],
  ['S3P002', 'a misspelt element', policy({ ...put, Conditions: {} })],
  ['S3P002', 'an element in small letters', { version: '2012-10-17', Statement: [put] }],
  [
    'S3P002',
    'Resource in a trust policy',
    policy({ Effect: 'Allow', Principal: account, Action: 'sts:AssumeRole', Resource: '*' }),
    inTrust,
  ],
  ['S3P003', 'a missing version in a bucket policy', { Statement: { ...put, Principal: account } }, bucket],
  ['S3P005', 'a number', { Version: 20121017, Statement: [put] }],
  [
    'S3P006',
    'a variable without Version',
    { Statement: [{ ...put, Resource: 'arn:aws:s3:::b/${aws:username}/*' }] },
  ],
  [
    'S3P006',
    'a variable in a condition of the old version',
    {
      Version: '2008-10-17',
      Statement: [{ ...list, Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } } }],
    },
  ],
  ['S3P008', 'capitals', policy({ ...put, Effect: 'DENY' })],
  ['S3P008', 'another word', policy({ ...put, Effect: 'Permit' })],
  ['S3P008', 'a boolean', policy({ ...put, Effect: true })],
  ['S3P009', 'an empty list', policy({ ...put, Action: [] })],
  ['S3P010', 'nothing', policy({ Effect: 'Allow', Action: 's3:PutObject' })],
  ['S3P010', 'an empty list', policy({ ...put, Resource: [] })],
  [
    'S3P010',
    'nothing in a bucket policy',
    policy({ Effect: 'Deny', Principal: '*', Action: 's3:*' }),
    bucket,
  ],
  ['S3P011', 'two resources', policy({ ...put, NotResource: 'arn:aws:s3:::b/x/*' })],
  ['S3P011', 'two principals', policy({ ...deny, NotPrincipal: account }), bucket],
  ['S3P012', 'twins', policy({ ...put, Sid: 'A' }, { ...list, Sid: 'A' })],
  ['S3P013', 'a hyphen in a session policy', policy({ ...put, Sid: 'a-b' }), { kind: 'session' }],
  [
    'S3P014',
    'NotPrincipal in a session policy',
    policy({ ...put, NotPrincipal: account }),
    { kind: 'session' },
  ],
  ['S3P015', 'a bucket policy', policy(put), bucket],
  ['S3P015', 'an access point', policy(put), { kind: 'accessPoint' }],
  ['S3P015', 'a trust policy', policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), inTrust],
  [
    'S3P016',
    'an account by pattern',
    policy({ ...put, Principal: { AWS: ['arn:aws:iam::*:root'] } }),
    bucket,
  ],
  [
    'S3P016',
    'a role by pattern in NotPrincipal',
    policy({ ...deny, Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/a*' } }),
    bucket,
  ],
  ['S3P017', 'User', policy({ ...put, Principal: { User: 'bob' } }), bucket],
  ['S3P018', 'a bare ARN', policy({ ...put, Principal: 'arn:aws:iam::111122223333:root' }), bucket],
  ['S3P018', 'eleven digits', policy({ ...put, Principal: { AWS: '11112222333' } }), bucket],
  ['S3P018', 'a group', policy({ ...put, Principal: { AWS: 'arn:aws:iam::111122223333:group/a' } }), bucket],
  [
    'S3P018',
    'a service without its domain',
    policy({ ...put, Principal: { Service: 'cloudfront' } }),
    bucket,
  ],
  ['S3P018', 'nobody', policy({ ...put, Principal: { AWS: [] } }), bucket],
  ['S3A001', 'in a list and in small letters', policy({ ...put, Action: ['s3:PutObject', 's3:headobject'] })],
  [
    'S3A002',
    'in NotAction',
    policy({ ...put, Effect: 'Deny', Action: undefined, NotAction: 's3:GetObjects' }),
  ],
  ['S3A003', 'HeadBucket', policy({ ...list, Action: 's3:HeadBucket' })],
  ['S3A003', 'CopyObject', policy({ ...put, Action: 's3:CopyObject' })],
  ['S3A003', 'CreateMultipartUpload', policy({ ...put, Action: ['s3:CreateMultipartUpload'] })],
  ['S3A003', 'DeleteObjects', policy({ ...put, Action: 's3:DeleteObjects' })],
  ['S3A003', 'GetBucketEncryption', policy({ ...list, Action: 's3:GetBucketEncryption' })],
  ['S3A004', 'aws:s3', policy({ ...put, Action: 'amazons3:GetObject' })],
  ['S3A006', 'a colon and blanks', policy({ ...put, Action: ['s3: '] })],
  ['S3A006', 'nothing', policy({ ...put, Action: '' })],
  ['S3A007', 'capitals', policy({ ...put, Action: ['S3:*'] })],
  ['S3A008', '*:*', policy({ ...put, Action: '**' })],
  ['S3A008', 'NotAction', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
  ['S3R001', 'a bucket', policy({ ...list, Resource: ['my-bucket'] })],
  ['S3R001', 'capitals', policy({ ...list, Resource: 'ARN:aws:s3:::b' })],
  ['S3R002', 'a bucket', policy({ ...list, Resource: ['s3://b'] })],
  ['S3R003', 'an account only', policy({ ...list, Resource: 'arn:aws:s3::111122223333:b' })],
  ['S3R004', 'one colon', policy({ ...list, Resource: 'arn:aws:s3:b' })],
  ['S3R004', 'four colons', policy({ ...list, Resource: 'arn:aws:s3::::b' })],
  ['S3R005', 'upload to a bucket', policy({ ...put, Resource: 'arn:aws:s3:::b' })],
  ['S3R005', 'one of two actions', policy({ ...list, Action: ['s3:ListBucket', 's3:GetObject'] })],
  ['S3R006', 'one of two actions', policy({ ...put, Action: ['s3:ListBucket', 's3:PutObject'] })],
  ['S3R006', 'with a prefix', policy({ ...list, Resource: ['arn:aws:s3:::b/uploads/*'] })],
  ['S3R007', 'two letters', policy({ ...put, Resource: 'arn:aws:s3:::ab/*' })],
  ['S3R007', 'an underscore', policy({ ...list, Resource: 'arn:aws:s3:::my_bucket' })],
  ['S3R007', 'an address', policy({ ...list, Resource: 'arn:aws:s3:::192.168.1.1' })],
  ['S3R007', 'two dots', policy({ ...list, Resource: 'arn:aws:s3:::my..bucket' })],
  ['S3R007', '64 letters', policy({ ...list, Resource: `arn:aws:s3:::${'a'.repeat(64)}` })],
  ['S3R007', 'a hyphen at the end', policy({ ...list, Resource: 'arn:aws:s3:::bucket-' })],
  ...[
    '<REPLACE_BUCKET_NAME>',
    'your-bucket-name',
    'yourbucketname',
    'EXAMPLE-BUCKET',
    'YOUR_BUCKET',
    '{{bucket}}',
    'BUCKETNAME',
    'bucket-name',
    '${BUCKET}',
    'DOC-EXAMPLE-BUCKET',
    'my-bucket-name',
    '[BUCKET]',
  ].map((name): Shape => ['S3R008', name, policy({ ...put, Resource: `arn:aws:s3:::${name}/*` })]),
  [
    'S3R008',
    'an account',
    policy({ ...put, Principal: { AWS: 'arn:aws:iam::ACCOUNT-ID-WITHOUT-HYPHENS:user/x' } }),
    bucket,
  ],
  ['S3R008', 'a template', policy({ ...put, Resource: 'arn:${AWS::Partition}:s3:::b/*' })],
  ['S3R009', 'everything', policy({ ...put, Resource: 'arn:aws:s3:::*' })],
  ['S3R009', 'objects of all', policy({ ...put, Resource: ['arn:aws:s3:::*/*'] })],
  ['S3R009', 'a beginning', policy({ ...put, Resource: 'arn:aws:s3:::company-*/*' })],
  ['S3R010', 'a user', policy({ ...put, Resource: 'arn:aws:s3:::b/home/${aws:username}*' })],
  ['S3R010', 'in s3:prefix', when({ StringLike: { 's3:prefix': ['uploads*'] } }, list)],
  ['S3R011', 'in the middle', policy({ ...put, Resource: ['arn:aws:s3:::b/a//b/*'] })],
  [
    'S3R012',
    'with a colon',
    policy({ ...put, Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint:ap/x/*' }),
  ],
  ['S3R013', 'ceph', policy({ ...list, Resource: 'arn:ceph:s3:::b' })],
  [
    'S3R014',
    'in a list',
    policy({ ...list, Action: ['s3:ListBucket', 's3:ListAllMyBuckets'], Resource: ['*'] }),
  ],
  [
    'S3R015',
    'another service',
    policy({ ...deny, Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' }),
    bucket,
  ],
  [
    'S3R015',
    'two buckets, none known',
    policy({ ...deny, Resource: ['arn:aws:s3:::one/*', 'arn:aws:s3:::one', 'arn:aws:s3:::two/*'] }),
    { kind: 'bucket', bucket: undefined },
  ],
  ['S3R015', 'a bucket in the policy of an access point', policy(deny), { kind: 'accessPoint' }],
  ['S3R016', 'Allow', policy({ ...put, Resource: undefined, NotResource: 'arn:aws:s3:::b/secret/*' })],
  [
    'S3R017',
    'a role that anybody may assume',
    policy({ Effect: 'Allow', NotPrincipal: account, Action: 'sts:AssumeRole' }),
    inTrust,
  ],
  [
    'S3C001',
    'the size of a list on GetObject',
    when({ NumericLessThan: { 's3:max-keys': '10' } }, { ...put, Action: ['s3:GetObject', 's3:PutObject'] }),
  ],
  [
    'S3C001',
    'a Deny that never fires',
    when({ StringLike: { 's3:prefix': 'private/*' } }, { ...deny, Action: 's3:GetObject' }),
    bucket,
  ],
  ['S3C001', 'Null with false', when({ Null: { 's3:prefix': 'false' } })],
  ...[
    { StringNotLike: { 's3:prefix': 'u/*' } },
    { StringNotEquals: { 'S3:Prefix': ['u/'] } },
    { StringNotLikeIfExists: { 's3:prefix': 'u/*' } },
    { StringLikeIfExists: { 's3:prefix': 'u/*' } },
    { Null: { 's3:prefix': true } },
    { 'ForAllValues:StringLike': { 's3:prefix': 'u/*' } },
  ].map((condition): Shape => ['S3C002', Object.keys(condition)[0] ?? '', when(condition, deny), bucket]),
  [
    'S3C002',
    'in an identity policy',
    when({ StringNotEquals: { 's3:delimiter': '/' } }, { ...put, Effect: 'Deny' }),
  ],
  [
    'S3C002',
    'through a pattern',
    when({ StringNotLike: { 's3:prefix': 'u/*' } }, { ...deny, Action: 's3:PutObject*' }),
    bucket,
  ],
  [
    'S3C003',
    'a Deny on everything',
    when({ StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, { ...deny, Action: 's3:*' }),
    bucket,
  ],
  ['S3C003', 'an Allow that limits nothing', when({ StringNotLike: { 's3:prefix': 'u/*' } })],
  ['S3C004', 'a slip', when({ StringLikes: { 's3:x-amz-acl': 'private' } })],
  ['S3C004', 'a wrong set', when({ 'ForAnyValues:StringEquals': { 's3:RequestObjectTagKeys': 'a' } })],
  ['S3C005', 'a header', when({ StringEquals: { 's3:x-amz-acls': 'private' } })],
  ['S3C005', 'no service', when({ StringEquals: { prefix: 'u/' } }, list)],
  ['S3C006', 'a slip', when({ StringEquals: { 'aws:SourceVpcs': 'vpc-12345678' } })],
  [
    'S3C007',
    'in one of several values',
    when(
      {
        StringNotEquals: {
          'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b*'],
        },
      },
      deny,
    ),
    bucket,
  ],
  ['S3C008', 'an address as text', when({ StringEquals: { 'aws:SourceIp': '203.0.113.1' } })],
  ['S3C008', 'a boolean as text', when({ StringEquals: { 'aws:SecureTransport': 'true' } })],
  ['S3C009', 'Null with a value', when({ Null: { 's3:x-amz-acl': 'private' } })],
  ['S3C010', 'NullIfExists', when({ NullIfExists: { 's3:x-amz-acl': 'true' } })],
  [
    'S3C011',
    'a name',
    when({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', 'office'] } }, deny),
    bucket,
  ],
  ['S3C011', 'too many bits', when({ IpAddress: { 'aws:SourceIp': '2001:db8::/129' } })],
  ['S3C012', '10/8', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
  ['S3C012', 'one address', when({ NotIpAddress: { 'aws:SourceIp': ['192.168.1.7'] } }, deny), bucket],
  ['S3C013', 'day first', when({ DateLessThan: { 'aws:CurrentTime': '31-12-2026' } })],
  [
    'S3C014',
    'in an Allow on a key with several values',
    when(
      { 'ForAllValues:StringEquals': { 's3:RequestObjectTagKeys': 'a' } },
      { ...put, Action: 's3:PutObjectTagging' },
    ),
  ],
  ['S3C015', 'a global key', when({ StringLike: { 'aws:PrincipalOrgPaths': 'o-1/*' } })],
  ['S3C016', 'empty', policy({ ...put, Resource: 'arn:aws:s3:::b/${}/*' })],
  ['S3C016', 'in a condition', when({ StringLike: { 's3:prefix': '${aws:username/*' } }, list)],
  ['S3C017', 'a slip', policy({ ...put, Resource: 'arn:aws:s3:::b/${aws:usernam}/*' })],
  ['S3C017', 'no service', policy({ ...put, Resource: 'arn:aws:s3:::b/${username}/*' })],
  ['S3C018', 'a list', when({ StringEquals: { 's3:x-amz-acl': [] } })],
  ['S3C018', 'an operator', when({ StringEquals: {} })],
  ['S3C018', 'a Condition', when({})],
  ['S3C019', 'a VPC for an endpoint', when({ StringEquals: { 'aws:SourceVpce': 'vpc-0a1b2c3d4e5f67890' } })],
  ['S3C019', 'a name', when({ StringNotEquals: { 'aws:SourceVpc': 'my-vpc' } }, deny), bucket],
  ['S3C020', 'a folder', policy({ ...put, Resource: 'arn:aws:s3:::b/${aws:username}/*' })],
  ['S3C020', 'a prefix', when({ StringLike: { 's3:prefix': ['${aws:username}/*'] } }, list)],
  ['S3C021', 'a list', when({ StringLike: { 's3:prefix': 'u/*' } }, list)],
  ['S3C021', 'an upload', when({ StringEquals: { 's3:x-amz-acl': 'private' } })],
  ['S3C022', 'alone', when({ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } })],
  [
    'S3C023',
    'in a bucket policy',
    when({ StringEquals: { 's3:ResourceAccount': '111122223333' } }, { ...put, Principal: account }),
    bucket,
  ],
  [
    'S3X001',
    'read',
    policy({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject'],
      Resource: 'arn:aws:s3:::b/*',
    }),
    bucket,
  ],
  ['S3X001', 'list', policy({ ...list, Principal: '*' }), bucket],
  [
    'S3X001',
    'from everywhere',
    when({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, { ...put, Principal: '*' }),
    bucket,
  ],
  [
    'S3X002',
    '{"AWS": "*"}',
    policy({ Effect: 'Deny', Principal: { AWS: ['*'] }, Action: '*', Resource: '*' }),
    bucket,
  ],
  ['S3X003', 'in an identity policy', policy({ ...put, Effect: 'Deny', Action: '*', Resource: '*' }, list)],
  [
    'S3X003',
    'by NotResource',
    policy(put, { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::other/*' }),
  ],
  ['S3X004', 'an action', policy({ ...put, Action: ['s3:PutObject', 's3:Put*'] })],
  ['S3X004', 'a resource', policy({ ...put, Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/u/*'] })],
  [
    'S3X004',
    'a resource that no action is about',
    policy({ ...put, Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::b'] }),
  ],
  ['S3X004', 'twins', policy(put, put)],
  ['S3X005', 'through a pattern', policy({ ...list, Action: 's3:PutBucket*' })],
  ['S3X005', 'ACL', policy({ ...put, Action: ['s3:PutObject', 's3:PutObjectAcl'] })],
  [
    'S3X006',
    'a bucket policy',
    policy({
      ...deny,
      Resource: Array.from({ length: 700 }, (_, at) => `arn:aws:s3:::b/some/longer/path/${at}`),
    }),
    bucket,
  ],
  [
    'S3X006',
    'a managed policy',
    policy({
      ...put,
      Resource: Array.from({ length: 200 }, (_, at) => `arn:aws:s3:::b/some/longer/path/${at}`),
    }),
  ],
  ['S3X007', 'upload', policy(put)],
  [
    'S3X007',
    'without the list of parts',
    policy({ ...put, Action: ['s3:PutObject', 's3:AbortMultipartUpload'] }),
  ],
  [
    'S3X008',
    'read and list',
    policy({
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
    }),
  ],
  ['S3X009', 'by condition', when({ StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } })],
  [
    'S3X009',
    'by the bucket',
    policy({ ...put, Action: 's3:GetObject' }),
    { kind: 'identity', kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/1' },
  ],
  ['S3X012', 'no policies at all', policy(put), { kind: 'identity', provider: 'r2' }],
  [
    'S3X012',
    'an operator of Ceph',
    when({ Null: { 's3:x-amz-acl': 'false' } }),
    { kind: 'identity', provider: 'ceph' },
  ],
  [
    'S3X012',
    'variables on Ceph',
    policy({ ...put, Resource: 'arn:aws:s3:::b/${aws:username}/*' }),
    { kind: 'identity', provider: 'ceph' },
  ],
  ['S3X013', 'an endpoint', when({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }, deny), bucket],
  ['S3X013', 'addresses', when({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, deny), bucket],
  ['S3X014', 'no external ID', trust({ AWS: 'arn:aws:iam::111122223333:root' }, 'sts:AssumeRole'), inTrust],
  [
    'S3X014',
    'an optional external ID',
    trust({ AWS: 'arn:aws:iam::111122223333:root' }, 'sts:AssumeRole', {
      StringEqualsIfExists: { 'sts:ExternalId': 'x' },
    }),
    inTrust,
  ],
  [
    'S3X014',
    'no subject',
    trust({ Federated: oidc }, 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    }),
    inTrust,
  ],
  [
    'S3X014',
    'any subject',
    trust({ Federated: oidc }, 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
    }),
    inTrust,
  ],
];

const lint = (document: unknown, options: Partial<LintOptions> = {}) =>
  lintPolicy(JSON.stringify(document, null, 2), { kind: 'identity', bucket: 'b', ...options });

describe('each rule, in the shapes in which people write it', () => {
  test.each(shapes)('%s: %s', (rule, _name, document, options) => {
    expect(lint(document, options).map((finding) => finding.rule)).toContain(rule);
  });

  test('covers every rule about policies that the lint cases leave out', () => {
    const covered = new Set<string>(shapes.map(([rule]) => rule));
    // These need a job to compare with, or stand in the lint cases in their only shape.
    const elsewhere = ['S3P004', 'S3P007', 'S3A005', 'S3A009', 'S3X010', 'S3X011'];
    expect(
      ruleIds.filter((id) => !id.startsWith('COR') && !covered.has(id) && !elsewhere.includes(id)),
    ).toEqual([]);
  });
});

describe('fixes', () => {
  test.each(shapes)(
    '%s: %s: leave JSON behind, and do away with the finding',
    (rule, _name, document, options) => {
      const text = JSON.stringify(document, null, 2);
      const all = { kind: 'identity', bucket: 'b', ...options } as const;
      const before = lintPolicy(text, all).filter((finding) => finding.rule === rule);
      for (const finding of before)
        for (const fix of finding.fixes) {
          expect(() => JSON.parse(fix.text) as unknown, fix.title).not.toThrow();
          const after = lintPolicy(fix.text, all).filter((other) => other.rule === rule);
          expect(after.length, `${fix.title}\n${fix.text}`).toBeLessThan(before.length);
        }
    },
  );
});
