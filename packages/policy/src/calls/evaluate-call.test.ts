import { describe, expect, it } from 'vitest';
import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import type { PolicySet } from '../evaluate/access-request.ts';
import type { ApiCall } from './api-call.ts';
import { callerContext } from './caller.ts';
import { evaluateCall } from './evaluate-call.ts';

const owner = '111122223333';
const ann = { principal: `arn:aws:iam::${owner}:user/team/ann`, resourceAccount: owner };
const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (
  Action: string | string[],
  Resource: string,
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
const decide = (call: ApiCall, policies: PolicySet, caller = ann) =>
  evaluateCall(call, caller, policies).decision;

describe('a call', () => {
  const identity = [policy(allow('s3:PutObject', 'arn:aws:s3:::b/uploads/*'))];

  it('is allowed when all its actions are', () => {
    expect(decide({ operation: 'UploadPart', bucket: 'b', key: 'uploads/a' }, { identity })).toBe('Allowed');
    expect(decide({ operation: 'HeadObject', bucket: 'b', key: 'uploads/a' }, { identity })).toBe(
      'ImplicitlyDenied',
    );
  });

  it('says which of its actions fails it, and why that is needed', () => {
    const call = {
      operation: 'PutObject',
      bucket: 'b',
      key: 'uploads/a',
      parameters: { 'x-amz-tagging': 'a=1' },
    };
    const { decision, reason, actions } = evaluateCall(call, ann, { identity });
    expect(decision).toBe('ImplicitlyDenied');
    expect(reason).toMatch(/^s3:PutObjectTagging \(the header x-amz-tagging sets tags\): No identity policy/);
    expect(actions.map(({ evaluation }) => evaluation.decision)).toEqual(['Allowed', 'ImplicitlyDenied']);
  });

  it('prefers an explicit denial among several', () => {
    const denyTags = policy({ Effect: 'Deny', Action: 's3:PutObjectTagging', Resource: '*' });
    const call = { operation: 'PutObject', bucket: 'b', key: 'x', parameters: { 'x-amz-tagging': 'a=1' } };
    expect(decide(call, { identity: [...identity, denyTags] })).toBe('ExplicitlyDenied');
  });

  it('meets a condition on the prefix of a list, and fails it as HeadBucket', () => {
    const listing = {
      identity: [
        policy(allow('s3:ListBucket', 'arn:aws:s3:::b', { StringLike: { 's3:prefix': 'gallery/*' } })),
      ],
    };
    expect(
      decide({ operation: 'ListObjectsV2', bucket: 'b', parameters: { prefix: 'gallery/' } }, listing),
    ).toBe('Allowed');
    expect(decide({ operation: 'ListObjectsV2', bucket: 'b' }, listing)).toBe('ImplicitlyDenied');
    expect(decide({ operation: 'HeadBucket', bucket: 'b' }, listing)).toBe('ImplicitlyDenied');
  });

  it('is stopped by write-once unless it is conditional, part by part', () => {
    const bucketPolicy = policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::b/*',
      Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    });
    const set = { identity, bucketPolicy };
    const at = { bucket: 'b', key: 'uploads/a' };
    expect(decide({ operation: 'PutObject', ...at }, set)).toBe('ExplicitlyDenied');
    expect(decide({ operation: 'PutObject', ...at, parameters: { 'if-none-match': '*' } }, set)).toBe(
      'Allowed',
    );
    for (const operation of ['CreateMultipartUpload', 'UploadPart'])
      expect(decide({ operation, ...at }, set)).toBe('Allowed');
    expect(decide({ operation: 'CompleteMultipartUpload', ...at }, set)).toBe('ExplicitlyDenied');
  });

  it('does not ask the bucket policy about the source of a copy elsewhere, nor about a KMS key', () => {
    const bucketPolicy = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
    const copy = { operation: 'CopyObject', bucket: 'b', key: 'x', source: { bucket: 'from', key: 'y' } };
    expect(decide(copy, { bucketPolicy })).toBe('ImplicitlyDenied');
    expect(decide({ ...copy, source: { bucket: 'b', key: 'y' } }, { bucketPolicy })).toBe('Allowed');
    const sealed = {
      operation: 'PutObject',
      bucket: 'b',
      key: 'x',
      parameters: { 'x-amz-server-side-encryption': 'aws:kms' },
    };
    expect(decide(sealed, { bucketPolicy })).toBe('ImplicitlyDenied');
    expect(decide(sealed, { bucketPolicy, identity: [policy(allow('kms:*', '*'))] })).toBe('Allowed');
  });

  it('goes through an access point to the same key of the bucket', () => {
    const arn = `arn:aws:s3:eu-west-1:${owner}:accesspoint/ap`;
    const accessPoint = {
      arn,
      policy: policy({
        Effect: 'Allow',
        Principal: { AWS: ann.principal },
        Action: 's3:*',
        Resource: `${arn}/object/in/*`,
      }),
      bucketResource: 'arn:aws:s3:::b',
    };
    const bucketPolicy = policy({
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: 'arn:aws:s3:::b/in/*',
      Condition: { StringEquals: { 's3:DataAccessPointAccount': owner } },
    });
    const at = (key: string) =>
      decide({ operation: 'GetObject', bucket: arn, key }, { accessPoint, bucketPolicy });
    expect(at('in/x')).toBe('Allowed');
    expect(at('out/x')).toBe('ImplicitlyDenied');
  });
});

describe('what follows from the caller', () => {
  it('names user, role, root and nobody as IAM does', () => {
    expect(callerContext(ann)).toMatchObject({
      'aws:PrincipalArn': ann.principal,
      'aws:username': 'ann',
      'aws:PrincipalType': 'User',
      'aws:PrincipalAccount': owner,
    });
    const session = callerContext({ ...ann, principal: `arn:aws:sts::${owner}:assumed-role/ingest/s1` });
    expect(session).toMatchObject({
      'aws:PrincipalArn': `arn:aws:iam::${owner}:role/ingest`,
      'aws:PrincipalType': 'AssumedRole',
    });
    expect(session).not.toHaveProperty('aws:username');
    expect(callerContext({ ...ann, principal: '*' })).toMatchObject({ 'aws:PrincipalType': 'Anonymous' });
    expect(callerContext({ ...ann, principal: '*' })).not.toHaveProperty('s3:authType');
    expect(callerContext({ ...ann, principal: 'cloudfront.amazonaws.com' })).toMatchObject({
      'aws:PrincipalIsAWSService': 'true',
    });
  });

  it('gives way to what is known', () => {
    expect(
      callerContext({ ...ann, context: { 'aws:SecureTransport': 'false' } })['aws:SecureTransport'],
    ).toBe('false');
    const tlsOnly = policy({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const set = { identity: [policy(allow('*', '*')), tlsOnly] };
    const call = { operation: 'GetObject', bucket: 'b', key: 'k' };
    expect(decide(call, set)).toBe('Allowed');
    expect(evaluateCall(call, { ...ann, context: { 'aws:SecureTransport': 'false' } }, set).decision).toBe(
      'ExplicitlyDenied',
    );
  });
});
