import { describe, expect, test } from 'vitest';
import type { PolicyKind } from '../document/policy-document.ts';
import { lintPolicy } from './lint-policy.ts';

const bucket = 'arn:aws:s3:::amzn-s3-demo-bucket';
const objects = `${bucket}/*`;
const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource,
  ...more,
});
const role = { AWS: 'arn:aws:iam::111122223333:role/ingest' };
const accessPoint = 'arn:aws:s3:us-west-2:123456789012:accesspoint/example-ap';

/**
 * Policies that AWS documents, and their like: none has an error. The shapes are those of the S3 and IAM user guides
 * (example bucket policies, access points, identity-based examples, confused deputy).
 */
const policies: readonly (readonly [name: string, kind: PolicyKind, ...statements: object[]])[] = [
  [
    'TLS only',
    'bucket',
    deny('s3:*', [bucket, objects], { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ],
  [
    'TLS 1.2 or newer',
    'bucket',
    deny('s3:*', [bucket, objects], { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
  ],
  [
    'only through a VPC endpoint',
    'bucket',
    deny('s3:*', [bucket, objects], {
      Sid: 'Access-to-specific-VPCE-only',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    }),
  ],
  [
    'only from a VPC',
    'bucket',
    deny('s3:*', [bucket, objects], { Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-111bbb22' } } }),
  ],
  [
    'only from addresses',
    'bucket',
    deny('s3:*', [bucket, objects], {
      Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:DB8:1234:5678::/64'] } },
    }),
  ],
  [
    'addresses in and out',
    'bucket',
    allow('s3:*', [bucket, objects], {
      Principal: role,
      Condition: {
        IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] },
        NotIpAddress: { 'aws:SourceIp': ['192.0.2.188/32'] },
      },
    }),
  ],
  [
    'CloudFront with origin access control',
    'bucket',
    allow('s3:GetObject', objects, {
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: {
        StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE' },
      },
    }),
  ],
  [
    'CloudFront with origin access identity',
    'bucket',
    allow('s3:GetObject', objects, {
      Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' },
    }),
  ],
  [
    'another account uploads and hands over',
    'bucket',
    allow('s3:PutObject', objects, {
      Principal: { AWS: '111122223333' },
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  ],
  [
    'another account reads',
    'bucket',
    allow(['s3:GetBucketLocation', 's3:ListBucket'], bucket, {
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    }),
    allow('s3:GetObject', objects, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
  ],
  [
    'encryption with KMS',
    'bucket',
    deny('s3:PutObject', objects, {
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    }),
  ],
  [
    'one KMS key',
    'bucket',
    deny('s3:PutObject', objects, {
      Condition: {
        ArnNotEqualsIfExists: {
          's3:x-amz-server-side-encryption-aws-kms-key-id':
            'arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
        },
      },
    }),
  ],
  [
    'encryption must be named',
    'bucket',
    deny('s3:PutObject', objects, { Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } }),
  ],
  [
    'storage class',
    'bucket',
    allow('s3:PutObject', objects, {
      Principal: role,
      Condition: { StringEquals: { 's3:x-amz-storage-class': ['STANDARD_IA'] } },
    }),
  ],
  [
    'multi-factor authentication',
    'bucket',
    deny('s3:*', `${bucket}/taxdocuments/*`, { Condition: { Null: { 'aws:MultiFactorAuthAge': true } } }),
    deny('s3:*', `${bucket}/taxdocuments/*`, {
      Condition: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': 3600 } },
    }),
  ],
  [
    'a website',
    'bucket',
    allow(['s3:GetObject', 's3:GetObjectVersion'], objects, {
      Principal: '*',
      Sid: 'Allow get requests originating from www.example.com',
      Condition: { StringLike: { 'aws:Referer': ['http://www.example.com/*', 'http://example.com/*'] } },
    }),
  ],
  [
    'an organization',
    'bucket',
    allow('s3:GetObject', objects, {
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-aa111bb222'] } },
    }),
  ],
  [
    'inventory',
    'bucket',
    allow('s3:PutObject', objects, {
      Principal: { Service: 's3.amazonaws.com' },
      Condition: {
        ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::amzn-s3-demo-source'] },
        StringEquals: {
          'aws:SourceAccount': ['111122223333'],
          's3:x-amz-acl': ['bucket-owner-full-control'],
        },
      },
    }),
  ],
  [
    'server access logs',
    'bucket',
    allow('s3:PutObject', `${bucket}/EXAMPLE-LOGGING-PREFIX*`, {
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::amzn-s3-demo-source' },
        StringEquals: { 'aws:SourceAccount': '111122223333' },
      },
    }),
  ],
  [
    'load balancer logs',
    'bucket',
    allow('s3:PutObject', `${bucket}/AWSLogs/111122223333/*`, {
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    }),
  ],
  [
    'tags of objects',
    'bucket',
    allow(['s3:GetObject', 's3:GetObjectVersion'], objects, {
      Principal: role,
      Condition: { StringEquals: { 's3:ExistingObjectTag/environment': 'production' } },
    }),
  ],
  [
    'tag keys',
    'bucket',
    allow('s3:PutObjectTagging', objects, {
      Principal: role,
      Condition: { 'ForAnyValue:StringEquals': { 's3:RequestObjectTagKeys': ['Owner', 'CreationDate'] } },
    }),
  ],
  [
    'delegation to access points',
    'bucket',
    allow('*', [bucket, objects], {
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } },
    }),
  ],
  [
    'access points of VPCs only',
    'bucket',
    deny('s3:*', [bucket, objects], {
      Condition: { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } },
    }),
  ],
  [
    'a deny for all but roles',
    'bucket',
    deny('s3:*', [bucket, objects], {
      Condition: { StringNotLike: { 'aws:userId': ['AROAEXAMPLEID:*', 'AIDAEXAMPLEID', '111111111111'] } },
    }),
  ],
  [
    'a deny for all but one role by ARN',
    'bucket',
    deny('s3:*', [bucket, objects], {
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' },
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  ],
  [
    'a fence by NotResource',
    'bucket',
    { Effect: 'Deny', Principal: role, Action: 's3:PutObject', NotResource: `${bucket}/uploads/*` },
  ],
  [
    'write once',
    'bucket',
    deny('s3:PutObject', objects, {
      Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    }),
  ],
  [
    'the size of lists',
    'bucket',
    deny('s3:ListBucket', bucket, {
      Principal: role,
      Condition: { NumericGreaterThan: { 's3:max-keys': '10' } },
    }),
  ],
  [
    'signature version',
    'bucket',
    deny('s3:*', objects, { Condition: { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } } }),
  ],
  [
    'age of signed URLs',
    'bucket',
    deny('s3:*', objects, { Condition: { NumericGreaterThan: { 's3:signatureAge': 600000 } } }),
  ],
  [
    'the objects of an access point',
    'accessPoint',
    allow(['s3:GetObject', 's3:PutObject'], `${accessPoint}/object/Jane/*`, {
      Principal: { AWS: 'arn:aws:iam::123456789012:user/Jane' },
    }),
  ],
  [
    'the list of an access point',
    'accessPoint',
    allow('s3:ListBucket', accessPoint, {
      Principal: { AWS: 'arn:aws:iam::123456789012:user/Jane' },
      Condition: { StringLike: { 's3:prefix': ['Jane/*'] } },
    }),
  ],
  [
    'an access point, a multi-region one and one of Object Lambda',
    'identity',
    allow(
      ['s3:GetObject', 's3:PutObject'],
      [`${accessPoint}/object/*`, 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/object/*'],
    ),
    allow(
      ['s3-object-lambda:GetObject', 's3:ListBucket'],
      'arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/example-olap',
    ),
  ],
  [
    'partitions of China and of the government',
    'identity',
    allow('s3:GetObject', [
      'arn:aws-cn:s3:::amzn-s3-demo-bucket/*',
      'arn:aws-us-gov:s3:::amzn-s3-demo-bucket/*',
    ]),
  ],
  [
    'one bucket in the console',
    'identity',
    allow(['s3:ListAllMyBuckets', 's3:GetBucketLocation'], 'arn:aws:s3:::*'),
    allow(['s3:ListBucket'], bucket, {
      Condition: { StringEquals: { 's3:prefix': ['', 'home/'], 's3:delimiter': ['/'] } },
    }),
    allow('s3:*', [`${bucket}/home/\${aws:username}`, `${bucket}/home/\${aws:username}/*`]),
  ],
  [
    'a bucket with its objects',
    'identity',
    allow(['s3:ListBucket'], [bucket]),
    allow('s3:*Object', [objects]),
  ],
  ['reading and writing by pattern', 'identity', allow(['s3:Get*', 's3:List*'], [bucket, objects])],
  [
    'a folder for each user of Cognito',
    'identity',
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      `${bucket}/cognito/\${cognito-identity.amazonaws.com:sub}/*`,
    ),
    allow('s3:ListBucket', bucket, {
      Condition: { StringLike: { 's3:prefix': ['cognito/${cognito-identity.amazonaws.com:sub}/*'] } },
    }),
  ],
  [
    'a tag with a default',
    'identity',
    allow('s3:GetObject', `${bucket}/\${aws:PrincipalTag/team, 'company-wide'}/*`),
  ],
  [
    'a gallery member',
    'identity',
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      `${bucket}/team/\${aws:username}/*`,
    ),
  ],
  [
    'an account pin',
    'identity',
    allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], objects, {
      Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
    }),
  ],
  [
    'times',
    'identity',
    allow('s3:GetObject', objects, {
      Condition: {
        DateGreaterThan: { 'aws:CurrentTime': '2026-04-01T00:00:00Z' },
        DateLessThan: { 'aws:CurrentTime': '2026-06-30T23:59:59Z' },
      },
    }),
  ],
  [
    'other services beside S3',
    'identity',
    allow(['s3:GetObject', 'cloudwatch:PutMetricData', 'ec2:Describe*'], '*'),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:aws:kms:us-east-1:111122223333:key/1'),
  ],
  [
    'regions',
    'identity',
    {
      Effect: 'Deny',
      NotAction: ['iam:*', 's3:ListAllMyBuckets', 'sts:*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } },
    },
  ],
  ['full access', 'scp', allow('*', '*')],
  [
    'no public access by an organization',
    'scp',
    { Effect: 'Deny', Action: 's3:PutAccountPublicAccessBlock', Resource: '*' },
  ],
  [
    'a data perimeter',
    'rcp',
    deny('s3:*', '*', {
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-aa111bb222' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  ],
  ['an endpoint', 'vpcEndpoint', allow('*', '*', { Principal: '*' })],
  [
    'a session for one folder',
    'session',
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      `${bucket}/tenant-7/*`,
    ),
  ],
  [
    'a role of EC2',
    'trust',
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
  [
    'a role for another account',
    'trust',
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/windlass' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': '12345' } },
    },
  ],
  [
    'a role for GitHub Actions',
    'trust',
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456123456:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:ref:refs/heads/main',
        },
      },
    },
  ],
  [
    'a role for Cognito',
    'trust',
    {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: {
          'cognito-identity.amazonaws.com:aud': 'us-east-1:12345678-abcd-abcd-abcd-123456790ab',
        },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
      },
    },
  ],
];

/** Findings that are right about some of these policies: AWS's examples are public, wide or conditional on purpose. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'only through a VPC endpoint': ['S3X013'],
  'only from a VPC': ['S3X013'],
  'only from addresses': ['S3X013'],
  'addresses in and out': ['S3A007'],
  'another account uploads and hands over': ['S3C021'],
  'storage class': ['S3C021'],
  'a website': ['S3X001'],
  inventory: ['S3C021'],
  'server access logs': ['S3R010'],
  'tag keys': ['S3C021'],
  'the list of an access point': ['S3C021'],
  'one bucket in the console': ['S3C021', 'S3C021', 'S3A007', 'S3C020', 'S3C020'],
  'a bucket with its objects': [],
  'a folder for each user of Cognito': ['S3C021'],
  'a gallery member': ['S3C020'],
  'other services beside S3': ['S3R014'],
};

describe('policies that AWS documents', () => {
  test.each(policies)('%s (%s)', (name, kind, ...statements) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
    const findings = lintPolicy(text, { kind });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)).toEqual(
      expected[name] ?? [],
    );
  });
});
