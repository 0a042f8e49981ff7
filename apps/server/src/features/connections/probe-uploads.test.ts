import { describe, expect, it } from 'vitest';
import type { S3Failure } from '../../platform/s3/index.ts';
import { describeEncryption, keyTrouble } from './probe-uploads.ts';

const failure = (changes: Partial<S3Failure>): S3Failure => ({
  kind: 'denied',
  cause: 'x',
  next: 'y',
  code: 'AccessDenied',
  httpStatus: 403,
  message: null,
  requestId: null,
  region: null,
  ...changes,
});

describe('keyTrouble', () => {
  it('sees that a write failed for the key of the bucket, not for the right to write', () => {
    const message =
      'User: arn:aws:iam::111122223333:user/w is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:111122223333:key/k';
    const found = keyTrouble(failure({ message }));
    expect(found).toMatchObject({ can: 'no', needs: 'yes' });
    expect(found?.next).toContain('kms:GenerateDataKey');
  });

  it('sees a key that is gone', () => {
    const gone = failure({ kind: 'encryption', code: 'KMS.DisabledException', next: 'Mend the key.' });
    expect(keyTrouble(gone)?.next).toBe('Mend the key.');
  });

  it('leaves every other refusal alone', () => {
    expect(keyTrouble(failure({}))).toBeNull();
    expect(keyTrouble(failure({ message: 'Access Denied' }))).toBeNull();
  });
});

describe('describeEncryption', () => {
  it.each([
    ['aws:kms', 'yes', 'aws:kms'],
    [null, 'no', 'does not say'],
  ])('takes %s for %s', (header, expected, words) => {
    const found = describeEncryption(header);
    expect(found.can).toBe(expected);
    expect(found.cause).toContain(words);
  });
});
