import { describe, expect, test } from 'vitest';
import { compactPolicy } from './format-policy.ts';
import { PolicyInputError } from './policy-input-error.ts';
import { sessionPolicy } from './session-policy.ts';

const scope = { bucket: 'media', prefix: 'uploads/' };

describe('sessionPolicy', () => {
  test.each([
    ['read', 's3:GetObject'],
    ['delete', 's3:DeleteObject'],
    ['list', 's3:ListBucket'],
  ] as const)('cuts %s down to one action', (use, action) => {
    expect(sessionPolicy([use], scope).Statement).toMatchObject([{ Effect: 'Allow', Action: action }]);
  });

  test('lets a writer see and give up the parts of its uploads', () => {
    expect(sessionPolicy(['write'], scope).Statement).toEqual([
      {
        Sid: 'Upload',
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: 'arn:aws:s3:::media/uploads/*',
      },
    ]);
  });

  test('writes the name of the one member where a variable would have no value', () => {
    const text = compactPolicy(sessionPolicy(['galleryMember'], { ...scope, user: 'ann' }));
    expect(text).toContain('arn:aws:s3:::media/uploads/private/ann/*');
    expect(text).not.toContain('${');
    expect(() => sessionPolicy(['galleryMember'], scope)).toThrow(PolicyInputError);
  });

  test('stays within what STS takes, for every capability under a long prefix', () => {
    const prefix = 'folder/'.repeat(20);
    for (const use of [
      'deliver',
      'ingestResumable',
      'process',
      'gallery',
      'galleryMember',
      'galleryAdmin',
    ] as const)
      expect(
        compactPolicy(sessionPolicy([use], { bucket: 'media', prefix, user: 'ann' })).length,
      ).toBeLessThan(2049);
  });

  test('refuses what would not fit, naming the prefix', () => {
    expect(() =>
      sessionPolicy(['galleryMember'], { ...scope, prefix: `${'日本'.repeat(80)}/`, user: 'ann' }),
    ).toThrow(/^prefix makes a session policy of \d+ characters/);
  });
});
