import { describe, expect, test } from 'vitest';
import type { Statement } from '../document/policy-document.ts';
import type { LintOptions } from './lint-options.ts';
import { lintPolicy } from './lint-policy.ts';

const list: Statement = {
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: 'arn:aws:s3:::media',
  Condition: { StringLike: { 's3:prefix': 'uploads/*' } },
};
const locate: Statement = { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: 'arn:aws:s3:::media' };
const privateUpload: Statement = {
  Effect: 'Allow',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::media/uploads/*',
  Condition: { StringEquals: { 's3:x-amz-acl': 'private' } },
};
const ownFolder: Statement = {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::media/team/${aws:username}/*',
};

const rulesOf = (statements: readonly Statement[], options: Partial<LintOptions> = {}): string[] =>
  lintPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), {
    kind: 'identity',
    ...options,
  }).map(({ rule }) => rule);

describe('a condition on what requests may leave away', () => {
  test('is reported where nothing is known', () => {
    expect(rulesOf([list])).toContain('S3C021');
    expect(rulesOf([privateUpload])).toContain('S3C021');
  });

  test('is right on a list where the connection can be tested by the region of the bucket', () => {
    expect(rulesOf([list, locate])).not.toContain('S3C021');
    expect(rulesOf([list, { ...locate, Resource: 'arn:aws:s3:::*' }])).not.toContain('S3C021');
  });

  test.each([
    ['of another bucket', { ...locate, Resource: 'arn:aws:s3:::other' }],
    ['denied', { ...locate, Effect: 'Deny' as const }],
    ['under the same condition', { ...locate, Condition: list.Condition ?? {} }],
  ])('is reported on a list beside the region %s', (_, beside) => {
    expect(rulesOf([list, beside])).toContain('S3C021');
  });

  test('is right where all calls of the job send it', () => {
    expect(rulesOf([list], { capabilities: ['process'], prefix: 'uploads/' })).not.toContain('S3C021');
  });

  test('is reported where the job lists the whole bucket, or uploads without the header', () => {
    expect(rulesOf([list], { capabilities: ['process'], prefix: '' })).toContain('S3C021');
    expect(rulesOf([privateUpload], { capabilities: ['ingest'], prefix: 'uploads/' })).toContain('S3C021');
  });
});

describe('a folder named after the user', () => {
  test('is right for members of a gallery, unless it is a role that calls', () => {
    expect(rulesOf([ownFolder])).toContain('S3C020');
    expect(rulesOf([ownFolder], { capabilities: ['galleryMember'] })).not.toContain('S3C020');
    const principal = 'arn:aws:sts::111122223333:assumed-role/windlass/s1';
    expect(rulesOf([ownFolder], { capabilities: ['galleryMember'], caller: { principal } })).toContain(
      'S3C020',
    );
  });
});

describe('what a job needs', () => {
  const job = { bucket: 'media', prefix: 'uploads/', capabilities: ['ingest'] } as const;
  const put: Statement = {
    Effect: 'Allow',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::media/uploads/*',
  };

  test('is judged with If-None-Match where the policy asks for it', () => {
    const statement = { ...put, Principal: { AWS: 'arn:aws:iam::444455556666:user/ann' } };
    const fence: Statement = {
      ...put,
      Effect: 'Deny',
      Principal: '*',
      Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    };
    const inBucket = { ...job, kind: 'bucket', accountId: '111122223333' } as const;
    expect(rulesOf([statement, fence], inBucket)).not.toContain('S3X010');
    const { Condition: _, ...everything } = fence;
    expect(rulesOf([statement, everything], inBucket)).toContain('S3X010');
  });

  test('is not called missing where a tag of the session decides, or an access point', () => {
    expect(rulesOf([{ ...put, Resource: 'arn:aws:s3:::media/elsewhere/*' }], job)).toContain('S3X010');
    const byTag = { ...put, Resource: 'arn:aws:s3:::media/${aws:PrincipalTag/folder}/*' };
    expect(rulesOf([byTag], job)).not.toContain('S3X010');
    const throughPoint = {
      ...put,
      Resource: 'arn:aws:s3:eu-central-1:111122223333:accesspoint/ap/object/uploads/*',
    };
    expect(rulesOf([throughPoint], job)).not.toContain('S3X010');
  });
});
