import { denyAll, list, pages, put, role } from './examples.ts';
import type { RuleDoc } from './rule-doc.ts';

const inBucket = { kind: 'bucket', bucket: 'media' } as const;
const job = { bucket: 'media', prefix: 'uploads/', capabilities: ['ingest'] } as const;
const trust = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/windlass' },
  Action: 'sts:AssumeRole',
};
const manyKeys = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `arn:aws:s3:::media/uploads/customers/${at}/*`);
const resume = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

export const wholeRuleDocs = {
  S3X001: {
    why: 'Everybody in the world may do this, without signing in. Public writing lets strangers store what they like, at your cost and in your name.',
    mend: 'Name a principal, or limit the statement to an organization, an endpoint or addresses. For public reading put a CDN or signed URLs before the bucket.',
    source: pages.publicAccess,
    bad: { ...put, Principal: '*' },
    good: { ...put, Principal: role },
    options: inBucket,
  },
  S3X002: {
    why: 'An unconditional Deny for everybody counts for the owner too. Nobody but the root user of the account can then read or change the policy.',
    mend: 'Add the condition that was meant, such as `aws:SecureTransport` false, or except an administrator with `aws:PrincipalArn`.',
    source: pages.evaluation,
    bad: denyAll,
    good: { ...denyAll, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    options: inBucket,
  },
  S3X003: {
    why: 'A Deny always wins. All that this Allow allows is denied elsewhere in the document, so it does nothing.',
    mend: 'Narrow the Deny, or remove the Allow.',
    source: pages.evaluation,
    bad: {
      Version: '2012-10-17',
      Statement: [
        { ...put, Principal: role },
        { Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: 'arn:aws:s3:::media/*' },
      ],
    },
    options: inBucket,
  },
  S3X004: {
    why: 'Another entry covers it. It is harmless, and hides from the reader which entry counts.',
    mend: 'Remove the narrower one. If it was to be the limit, remove the wider one.',
    source: pages.leastPrivilege,
    bad: { ...put, Resource: ['arn:aws:s3:::media/*', 'arn:aws:s3:::media/uploads/*'] },
  },
  S3X005: {
    why: 'The holder can change who may do what, open objects to the world, let them expire or copy them away, or lift a retention.',
    mend: 'Leave these actions to an administrator. An application needs none of them.',
    source: pages.s3Reference,
    bad: { ...list, Action: ['s3:ListBucket', 's3:PutBucketPolicy'] },
    good: list,
  },
  S3X006: {
    why: 'AWS refuses a document beyond the quota: 2,048 characters for a session, 6,144 for a managed policy, 20 KB for a bucket.',
    mend: 'Use a common prefix or a variable in place of long lists, or split the policy.',
    source: pages.quotas,
    bad: { ...put, Resource: manyKeys(150) },
    good: { ...put, Resource: 'arn:aws:s3:::media/uploads/customers/*' },
  },
  S3X007: {
    why: 'Large files go up in parts. Without these two actions a broken upload can be neither resumed nor given up, and its parts cost money until a lifecycle rule removes them.',
    mend: 'Add `s3:AbortMultipartUpload` and `s3:ListMultipartUploadParts` on the same objects.',
    source: pages.multipart,
    bad: put,
  },
  S3X008: {
    why: 'It works: each action finds its own resource. But a condition such as `s3:prefix` could not be added without breaking the other half.',
    mend: 'Split the statement into one on the bucket and one on its objects.',
    source: pages.s3Reference,
    bad: {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::media', 'arn:aws:s3:::media/*'],
    },
  },
  S3X009: {
    why: 'Objects under a KMS key are written with `kms:GenerateDataKey` and read with `kms:Decrypt`, uploads in parts with both. Without them every upload ends in AccessDenied.',
    mend: 'Allow the two on the key, by its ARN. The policy of the key must allow it as well.',
    source: pages.kms,
    bad: { ...put, Action: resume },
    options: { kmsKey: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
  },
  S3X010: {
    why: 'The job needs a call that this policy does not allow, so it will fail when it comes to it.',
    mend: 'Add the statement of the fix.',
    source: pages.s3Actions,
    bad: { ...put, Action: 's3:PutObjectTagging' },
    options: job,
  },
  S3X011: {
    why: 'The policy allows what the job does not need. If the key leaks, that much more is lost.',
    mend: 'Take the action out, or narrow the resource to the prefix.',
    source: pages.leastPrivilege,
    bad: { ...put, Action: ['s3:PutObject', 's3:GetObject'] },
    options: job,
  },
  S3X012: {
    why: 'Providers of S3 follow only a part of the policy language, and some refuse a whole document for one unknown word.',
    mend: 'Follow the steps that the provider has instead; generated documents keep to what it can do.',
    source: 'https://docs.ceph.com/en/latest/radosgw/bucketpolicy/',
    bad: { ...put, Condition: { Null: { 's3:x-amz-acl': 'false' } } },
    good: put,
    options: { provider: 'ceph' },
  },
  S3X013: {
    why: 'A fence around a network keeps out services that you connect as well: they call from their own addresses.',
    mend: 'Add the addresses or the endpoint of the service, or except its role with `aws:PrincipalArn`.',
    source: pages.vpcEndpoints,
    bad: { ...denyAll, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f67890' } } },
    good: {
      ...denyAll,
      Condition: {
        StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f67890' },
        ArnNotLike: { 'aws:PrincipalArn': role.AWS },
      },
    },
    options: inBucket,
  },
  S3X014: {
    why: 'A service that assumes roles for many customers can be told to use the role of another one. The external ID, which differs for each connection, prevents it. For web identities audience and subject do.',
    mend: 'Demand `sts:ExternalId` with the id that the service shows, or `aud` and `sub` of the provider without an open wildcard.',
    source: pages.confusedDeputy,
    bad: trust,
    good: { ...trust, Condition: { StringEquals: { 'sts:ExternalId': 'con_7f3a9c' } } },
    options: { kind: 'trust' },
  },
} satisfies Record<string, RuleDoc>;
