import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../document/policy-document.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { lintPolicy } from './lint-policy.ts';

const options = { kind: 'bucket', bucket: 'media' } as const;
const fence = (action: string | readonly string[], prefixes: string | readonly string[], resource: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Fence',
        Effect: 'Deny',
        Principal: '*',
        Action: action,
        Resource: resource,
        Condition: { StringNotLike: { 's3:prefix': prefixes } },
      },
    ],
  });
const both = ['arn:aws:s3:::media', 'arn:aws:s3:::media/*'];
const objectsAndList = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:ListBucket'];

const decide = (text: string, action: string, rest: string, context: Record<string, string> = {}): string =>
  evaluate(
    {
      principal: 'arn:aws:iam::111122223333:user/ann',
      action,
      resource: `arn:aws:s3:::media${rest}`,
      resourceAccount: '111122223333',
      context,
    },
    {
      // The text is the fence or a fix of it.
      bucketPolicy: JSON.parse(text) as PolicyDocument,
      identity: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }],
    },
  ).decision;

describe.each([
  ['everything', 's3:*', 'uploads/*', both],
  ['everything, with the root to list', 's3:*', ['', 'uploads/*'], both],
  ['objects and their list', objectsAndList, ['uploads/'], both],
  ['patterns', ['s3:*Object', 's3:List*'], ['uploads/*'], both],
] as const)('a fence by s3:prefix around %s', (_, action, prefixes, resource) => {
  const text = fence(action, prefixes, resource);
  const findings = lintPolicy(text, options).filter(({ rule }) => rule === 'S3C002' || rule === 'S3C003');

  test('is found to deny every upload and read', () => {
    expect(decide(text, 's3:PutObject', '/uploads/a.jpg')).toBe('ExplicitlyDenied');
    expect(findings.map(({ rule }) => rule)).toEqual(['S3C002', 'S3C003']);
    for (const { message } of findings) {
      expect(message).toContain('s3:PutObject and s3:GetObject');
      expect(message).toContain('every upload and every read is denied');
    }
  });

  test('fences in what was meant after the offered fix', () => {
    for (const { fixes } of findings) {
      expect(fixes[0]?.title).toBe('Deny objects by NotResource, lists by the condition');
      const mended = fixes[0]?.text ?? '';
      for (const put of ['s3:PutObject', 's3:GetObject']) {
        expect(decide(mended, put, '/uploads/a.jpg')).toBe('Allowed');
        for (const key of ['/x.jpg', '/uploadsx/a.jpg', '/other/uploads/a.jpg'])
          expect(decide(mended, put, key)).toBe('ExplicitlyDenied');
      }
      expect(decide(mended, 's3:ListBucket', '', { 's3:prefix': 'uploads/' })).toBe('Allowed');
      expect(decide(mended, 's3:ListBucket', '', { 's3:prefix': 'other/' })).toBe('ExplicitlyDenied');
      expect(decide(mended, 's3:GetBucketLocation', '')).toBe('Allowed');
      expect(
        lintPolicy(mended, options).filter(({ severity }) => severity === 'error' || severity === 'security'),
      ).toEqual([]);
    }
  });
});

test.each([
  ['s3:*', 'arn:aws:s3:::media/*'],
  ['s3:PutObject', both],
] as const)(
  'a fence around %s that no list shares shuts nobody out of the bucket itself',
  (action, resource) => {
    const finding = lintPolicy(fence(action, 'uploads/*', resource), options).find(
      ({ rule }) => rule === 'S3C002',
    );
    const mended = finding?.fixes[0]?.text ?? '';
    expect(decide(mended, 's3:PutObject', '/uploads/a.jpg')).toBe('Allowed');
    expect(decide(mended, 's3:PutObject', '/x.jpg')).toBe('ExplicitlyDenied');
    expect(decide(mended, 's3:GetBucketLocation', '')).toBe('Allowed');
  },
);

test('an identity is offered no NotResource, which would deny its other buckets', () => {
  const findings = lintPolicy(fence('s3:*', 'uploads/*', both), { kind: 'identity' });
  expect(findings.find(({ rule }) => rule === 'S3C002')?.fixes).toEqual([]);
});
