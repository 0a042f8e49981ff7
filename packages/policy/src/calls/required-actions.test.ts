import { describe, expect, it } from 'vitest';
import { actionFacts } from '../facts/action-facts.ts';
import { operationOf, operations } from './operations.ts';
import { ApiCallError, requiredActions } from './required-actions.ts';

const bucket = 'media';
const key = 'a.jpg';
const object = 'arn:aws:s3:::media/a.jpg';
const actionsOf = (operation: string, parameters: Record<string, string> = {}): string[] =>
  requiredActions({ operation, bucket, key, parameters }).map(({ action }) => action.replace('s3:', ''));

const contextOf = (operation: string, parameters: Record<string, string> = {}) =>
  requiredActions({ operation, bucket, key, parameters })[0]?.context;

describe('operations', () => {
  it('all stand on an action that there is', () => {
    expect(operations.length).toBeGreaterThan(100);
    for (const { action } of operations) expect(actionFacts(action)?.name).toBe(action);
  });

  it.each([
    ['ListBuckets', 'service', 'List'],
    ['ListObjectsV2', 'bucket', 'List'],
    ['HeadObject', 'object', 'Read'],
    ['UploadPart', 'object', 'Write'],
    ['PutBucketPolicy', 'bucket', 'Permissions management'],
    ['ListMultipartUploads', 'bucket', 'List'],
    ['ListParts', 'object', 'List'],
  ])('%s is on the %s, of the level %s', (name, target, accessLevel) => {
    expect(operationOf(name)).toMatchObject({ name, target, accessLevel });
  });

  it('list what a call can send that policies see', () => {
    expect(operationOf('ListObjectsV2')?.parameters.toSorted()).toEqual(['delimiter', 'max-keys', 'prefix']);
    expect(operationOf('HeadBucket')?.parameters).toEqual([]);
    expect(operationOf('PutObject')?.parameters).toEqual(
      expect.arrayContaining(['x-amz-acl', 'x-amz-tagging', 'if-none-match', 'x-amz-object-lock-mode']),
    );
    expect(operationOf('GetObject')?.parameters).toContain('versionid');
  });
});

describe('the actions of a call', () => {
  it.each([
    ['PutObject', 'PutObject'],
    ['PostObject', 'PutObject'],
    ['CreateMultipartUpload', 'PutObject'],
    ['UploadPart', 'PutObject'],
    ['CompleteMultipartUpload', 'PutObject'],
    ['AbortMultipartUpload', 'AbortMultipartUpload'],
    ['ListParts', 'ListMultipartUploadParts'],
    ['HeadObject', 'GetObject'],
    ['DeleteObjects', 'DeleteObject'],
  ])('%s needs s3:%s on the object', (operation, action) => {
    const [need] = requiredActions({ operation, bucket, key });
    expect(need).toMatchObject({ action: `s3:${action}`, resource: object });
  });

  it.each([
    ['ListObjects', 'ListBucket'],
    ['ListObjectsV2', 'ListBucket'],
    ['HeadBucket', 'ListBucket'],
    ['ListObjectVersions', 'ListBucketVersions'],
    ['ListMultipartUploads', 'ListBucketMultipartUploads'],
    ['GetBucketCors', 'GetBucketCORS'],
    ['PutBucketCors', 'PutBucketCORS'],
    ['GetBucketEncryption', 'GetEncryptionConfiguration'],
    ['GetPublicAccessBlock', 'GetBucketPublicAccessBlock'],
    ['GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration'],
    ['PutBucketLifecycleConfiguration', 'PutLifecycleConfiguration'],
  ])('%s needs s3:%s on the bucket', (operation, action) => {
    expect(requiredActions({ operation, bucket })).toMatchObject([
      { action: `s3:${action}`, resource: 'arn:aws:s3:::media' },
    ]);
  });

  it('asks about everything for calls on the service', () => {
    expect(requiredActions({ operation: 'ListBuckets', bucket: '' })).toMatchObject([
      { action: 's3:ListAllMyBuckets', resource: '*' },
    ]);
  });

  it.each([
    ['GetObject', ['GetObjectVersion']],
    ['HeadObject', ['GetObjectVersion']],
    ['DeleteObject', ['DeleteObjectVersion']],
    ['GetObjectTagging', ['GetObjectVersionTagging']],
    ['PutObjectAcl', ['PutObjectVersionAcl']],
    ['GetObjectAttributes', ['GetObjectVersionAttributes', 'GetObjectVersion']],
    // Retention has no action for versions.
    ['GetObjectRetention', ['GetObjectRetention']],
  ])('%s of a version needs %j', (operation, expected) => {
    expect(actionsOf(operation, { versionId: 'v1' })).toEqual(expected);
  });

  it('adds what headers ask for', () => {
    expect(actionsOf('PutObject', { 'x-amz-tagging': 'a=1' })).toEqual(['PutObject', 'PutObjectTagging']);
    expect(actionsOf('PutObject', { 'X-Amz-Acl': 'private', 'x-amz-grant-read': 'id=1' })).toEqual([
      'PutObject',
      'PutObjectAcl',
    ]);
    expect(actionsOf('PostObject', { acl: 'private' })).toEqual(['PutObject', 'PutObjectAcl']);
    expect(
      actionsOf('CreateMultipartUpload', {
        'x-amz-object-lock-mode': 'GOVERNANCE',
        'x-amz-object-lock-retain-until-date': '2027',
        'x-amz-object-lock-legal-hold': 'ON',
      }),
    ).toEqual(['PutObject', 'PutObjectRetention', 'PutObjectLegalHold']);
    expect(
      actionsOf('DeleteObject', { versionId: 'v', 'x-amz-bypass-governance-retention': 'true' }),
    ).toEqual(['DeleteObjectVersion', 'BypassGovernanceRetention']);
    expect(actionsOf('GetObjectAttributes')).toEqual(['GetObjectAttributes', 'GetObject']);
    expect(actionsOf('PutBucketAcl', { 'x-amz-acl': 'private' })).toEqual(['PutBucketAcl']);
  });

  it('reads the source of a copy, and its tags when they are copied', () => {
    const source = { bucket: 'from', key: 'b.jpg' };
    const copy = (parameters: Record<string, string> = {}, at = source) =>
      requiredActions({ operation: 'CopyObject', bucket, key, source: at, parameters });
    expect(copy().map(({ action, resource }) => [action, resource])).toEqual([
      ['s3:GetObject', 'arn:aws:s3:::from/b.jpg'],
      ['s3:PutObject', object],
    ]);
    expect(copy()[1]?.context['s3:x-amz-copy-source']).toBe('from/b.jpg');
    expect(copy({ 'x-amz-tagging-directive': 'COPY' }).map(({ action }) => action)).toContain(
      's3:GetObjectTagging',
    );
    expect(copy({}, { bucket: 'from', key: 'b.jpg?versionId=v1' })[0]).toMatchObject({
      action: 's3:GetObjectVersion',
      resource: 'arn:aws:s3:::from/b.jpg',
      context: { 's3:versionid': 'v1' },
    });
  });

  it('needs the KMS key: to write one action, to read one, for parts both', () => {
    const kms = 'arn:aws:kms:eu-west-1:111122223333:key/k1';
    const parameters = {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': kms,
    };
    const needs = (operation: string) =>
      requiredActions({ operation, bucket, key, parameters }).filter(({ action }) =>
        action.startsWith('kms:'),
      );
    expect(needs('PutObject')).toMatchObject([{ action: 'kms:GenerateDataKey', resource: kms }]);
    expect(needs('GetObject')).toMatchObject([{ action: 'kms:Decrypt', resource: kms }]);
    for (const step of ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'])
      expect(needs(step).map(({ action }) => action)).toEqual(['kms:GenerateDataKey', 'kms:Decrypt']);
    expect(actionsOf('PutObject', { 'x-amz-server-side-encryption': 'AES256' })).toEqual(['PutObject']);
  });

  it('brings the condition keys of the call', () => {
    expect(contextOf('ListObjectsV2', { prefix: 'a/', delimiter: '/' })).toEqual({
      's3:prefix': 'a/',
      's3:delimiter': '/',
      's3:max-keys': '1000',
    });
    expect(contextOf('ListObjectsV2', { 'max-keys': '5', 'start-after': 'x' })).toEqual({
      's3:max-keys': '5',
    });
    expect(contextOf('HeadBucket')).toEqual({});
    expect(contextOf('ListMultipartUploads', { prefix: 'a/' })).toEqual({});
    expect(contextOf('PutObject', { 'if-none-match': '*' })).toEqual({
      's3:if-none-match': '*',
      's3:ObjectCreationOperation': 'true',
    });
    expect(contextOf('UploadPart')).toEqual({ 's3:ObjectCreationOperation': 'false' });
    expect(contextOf('CompleteMultipartUpload')).toEqual({ 's3:ObjectCreationOperation': 'true' });
    expect(contextOf('GetObject', { versionId: 'v1' })).toEqual({ 's3:versionid': 'v1' });
    expect(contextOf('PutObject', { 'x-amz-tagging': 'team=a%20b&env=p' })).toMatchObject({
      's3:RequestObjectTagKeys': ['team', 'env'],
      's3:RequestObjectTag/team': 'a b',
    });
    expect(contextOf('PutObject', { 'x-amz-object-lock-mode': 'GOVERNANCE' })).toMatchObject({
      's3:object-lock-mode': 'GOVERNANCE',
    });
  });

  it('names objects behind an access point, and buckets of other partitions', () => {
    const point = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap';
    expect(requiredActions({ operation: 'GetObject', bucket: point, key })[0]?.resource).toBe(
      `${point}/object/a.jpg`,
    );
    expect(requiredActions({ operation: 'ListObjectsV2', bucket: point })[0]?.resource).toBe(point);
    expect(requiredActions({ operation: 'GetObject', bucket, key }, 'aws-cn')[0]?.resource).toBe(
      'arn:aws-cn:s3:::media/a.jpg',
    );
  });

  it.each([
    [{ operation: 'FetchObject', bucket, key }, 'The S3 API has no operation FetchObject.'],
    [{ operation: 'GetObject', bucket: '', key }, 'GetObject needs a bucket.'],
    [{ operation: 'GetObject', bucket }, 'GetObject needs a key.'],
    [{ operation: 'CopyObject', bucket, key }, 'CopyObject needs a source.'],
  ])('refuses %j: %s', (call, message) => {
    expect(() => requiredActions(call)).toThrow(new ApiCallError(message));
  });
});
