import { evaluate, type PolicyDocument } from '@windlass/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessPurposes, sessionPolicyFor } from './session-policy.ts';

const place = { bucket: 'photos', prefix: 'team/', partition: 'aws', withKms: false };
const deeds = { read: 's3:GetObject', write: 's3:PutObject', delete: 's3:DeleteObject' } as const;
const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
};

/** What a session is left with of a role that may do everything in S3. */
const decisionFor = (session: string, action: string, resource: string, context = {}) =>
  evaluate(
    {
      principal: 'arn:aws:sts::111122223333:assumed-role/windlass/s',
      action,
      resource: `arn:aws:s3:::${resource}`,
      resourceAccount: '111122223333',
      context,
    },
    { identity: [everything], session: JSON.parse(session) },
  ).decision;

describe('sessionPolicyFor', () => {
  it.each(['read', 'write', 'delete'] as const)(
    'lets %s do its own deed, below the prefix only',
    (purpose) => {
      const policy = sessionPolicyFor(purpose, place);
      for (const [deed, action] of Object.entries(deeds)) {
        const expected = deed === purpose ? 'Allowed' : 'ImplicitlyDenied';
        expect(decisionFor(policy, action, 'photos/team/a.jpg')).toBe(expected);
        for (const outside of ['photos/a.jpg', 'photos/team2/a.jpg', 'photos/team', 'other/team/a.jpg']) {
          expect(decisionFor(policy, action, outside)).toBe('ImplicitlyDenied');
        }
      }
    },
  );

  it('lets a read list below the prefix, so that a missing object is missing and not forbidden', () => {
    const policy = sessionPolicyFor('read', place);
    const list = (prefix: string) => decisionFor(policy, 's3:ListBucket', 'photos', { 's3:prefix': prefix });
    expect([list('team/'), list('team/a'), list('')]).toEqual(['Allowed', 'Allowed', 'ImplicitlyDenied']);
    expect(decisionFor(sessionPolicyFor('write', place), 's3:ListBucket', 'photos')).toBe('ImplicitlyDenied');
  });

  it('lets the check look out of the prefix, and not out of the bucket', () => {
    const policy = sessionPolicyFor('check', place);
    expect(decisionFor(policy, 's3:PutObject', 'photos/elsewhere')).toBe('Allowed');
    expect(decisionFor(policy, 's3:GetBucketPolicy', 'photos')).toBe('Allowed');
    expect(decisionFor(policy, 's3:PutObject', 'other/team/a')).toBe('ImplicitlyDenied');
    expect(decisionFor(policy, 's3:PutBucketPolicy', 'photos')).toBe('ImplicitlyDenied');
  });

  it('lets a write give up its uploads and see their parts, and what lists uploads do nothing else', () => {
    const write = sessionPolicyFor('write', place);
    for (const action of ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts']) {
      expect(decisionFor(write, action, 'photos/team/a.jpg')).toBe('Allowed');
      expect(decisionFor(write, action, 'photos/a.jpg')).toBe('ImplicitlyDenied');
    }
    const listUploads = sessionPolicyFor('listUploads', place);
    const listing = 's3:ListBucketMultipartUploads';
    expect(decisionFor(listUploads, listing, 'photos')).toBe('Allowed');
    expect(decisionFor(listUploads, listing, 'other')).toBe('ImplicitlyDenied');
    expect(decisionFor(write, listing, 'photos')).toBe('ImplicitlyDenied');
    for (const action of [...Object.values(deeds), 's3:AbortMultipartUpload'])
      expect(decisionFor(listUploads, action, 'photos/team/a.jpg')).toBe('ImplicitlyDenied');
  });

  it('takes the KMS key of the customer along where there may be one, for S3 alone', () => {
    const policy = sessionPolicyFor('write', { ...place, withKms: true });
    expect(policy).toContain('"kms:ViaService":"s3.*"');
    expect(sessionPolicyFor('write', place)).not.toContain('kms:');
  });

  it('names the partition of the role', () => {
    expect(sessionPolicyFor('read', { ...place, partition: 'aws-cn' })).toContain(
      'arn:aws-cn:s3:::photos/team/*',
    );
  });

  it('gives way to the folder around a prefix that is too long, and to no more', () => {
    const long = `outer/${'日本'.repeat(80)}/`;
    const policy = sessionPolicyFor('read', { ...place, prefix: long, withKms: true });
    expect(decisionFor(policy, 's3:GetObject', `photos/${long}a`)).toBe('Allowed');
    expect(decisionFor(policy, 's3:GetObject', 'photos/elsewhere/a')).toBe('ImplicitlyDenied');
  });

  it('is text that STS takes and that allows the prefix itself, whatever the prefix', () => {
    const segment = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((text) => !/[/\0]/.test(text));
    const prefixes = fc
      .array(segment, { maxLength: 8 })
      .map((segments) => segments.map((one) => `${one.toWellFormed()}/`).join(''))
      .filter((prefix) => Buffer.byteLength(prefix) <= 512 && !/(^|\/)\.\.?\//.test(prefix));
    fc.assert(
      fc.property(prefixes, fc.constantFrom(...accessPurposes), fc.boolean(), (prefix, purpose, withKms) => {
        const policy = sessionPolicyFor(purpose, { ...place, prefix, withKms });
        expect(policy.length).toBeLessThanOrEqual(2048);
        expect(policy).toMatch(/^[\u0020-\u00ff]+$/);
        const action = {
          ...deeds,
          check: deeds.read,
          listUploads: 's3:ListBucketMultipartUploads',
        }[purpose];
        const resource = purpose === 'listUploads' ? 'photos' : `photos/${prefix}a`;
        expect(decisionFor(policy, action, resource)).toBe('Allowed');
      }),
    );
  });
});
