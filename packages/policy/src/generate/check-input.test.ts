import { describe, expect, test } from 'vitest';
import { checkInput } from './check-input.ts';
import type { GenerateInput } from './generate-input.ts';
import { PolicyInputError } from './policy-input-error.ts';

const base: GenerateInput = {
  capabilities: ['ingest'],
  provider: 'aws',
  bucket: 'media',
  prefix: 'uploads/',
};
const fieldOf = (input: Partial<GenerateInput>): string | null => {
  try {
    checkInput({ ...base, ...input });
    return null;
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    expect(error.message).toBe(`${error.field} ${error.reason}`);
    return error.field;
  }
};
const accountId = '111122223333';
const principal = 'arn:aws:iam::444455556666:role/windlass';

describe('checkInput', () => {
  test.each<[string, Partial<GenerateInput>]>([
    ['bucket', { bucket: 'My_Bucket' }],
    ['bucket', { bucket: 'a..b' }],
    ['bucket', { bucket: '192.168.0.1' }],
    ['bucket', { bucket: 'media-s3alias' }],
    ['bucket', { bucket: 'ab' }],
    ['prefix', { prefix: 'uploads' }],
    ['prefix', { prefix: '/uploads/' }],
    ['prefix', { prefix: 'a//b/' }],
    ['prefix', { prefix: 'a/../b/' }],
    ['prefix', { prefix: 'a\nb/' }],
    ['prefix', { prefix: '\uD800/' }],
    ['prefix', { prefix: `${'é'.repeat(300)}/` }],
    ['outputPrefix', { outputPrefix: 'out' }],
    ['accountId', { accountId: '1111-2222-3333' }],
    ['principal', { principal: '*' }],
    ['principal', { principal: 'arn:aws:iam::444455556666:user/*' }],
    ['origins[1]', { origins: ['https://a.example', 'https://a.example/'] }],
    ['origins[0]', { origins: ['https://a.example:443'] }],
    ['origins[0]', { origins: ['*'] }],
    ['name', { name: 'has space' }],
    ['user', { user: 'a/b' }],
    ['region', { accessPoint: { name: 'media-ap' }, accountId, principal }],
    ['principal', { accessPoint: { name: 'media-ap' }, accountId, region: 'eu-central-1' }],
    ['accessPoint.name', { accessPoint: { name: 'No' }, accountId, principal, region: 'eu-central-1' }],
    ['trust.externalId', { trust: { principal, externalId: 'a' } }],
    ['trust.principal', { trust: { principal: '*', externalId: 'abc' } }],
    [
      'webIdentity.subject',
      { accountId, webIdentity: { issuer: 'id.example', audience: 'a', subject: 'connection:*' } },
    ],
    [
      'webIdentity.issuer',
      { accountId, webIdentity: { issuer: 'https://id.example', audience: 'a', subject: 'b' } },
    ],
    ['accountId', { webIdentity: { issuer: 'id.example', audience: 'a', subject: 'b' } }],
    ['accountId', { addOns: { accountPin: true } }],
    ['addOns.kmsKey', { addOns: { kmsKey: 'arn:aws:kms:eu-central-1:111122223333:alias/media' } }],
    ['capabilities', { capabilities: [] }],
  ])('names %s in %j', (field, input) => {
    expect(fieldOf(input)).toBe(field);
  });

  test.each<[Partial<GenerateInput>]>([
    [{ prefix: '' }],
    [{ prefix: 'été 100%/日本 ${x} *?/' }],
    [{ provider: 'minio', bucket: 'My_Bucket' }],
    [{ provider: 'ceph', principal: 'arn:aws:iam:::user/alice' }],
    [{ principal: '444455556666' }],
    [{ origins: ['https://app.example.com', 'http://localhost:7400', 'https://app.example.com:8443'] }],
    [
      {
        accountId,
        webIdentity: { issuer: 'id.example:8443/realm', audience: 'windlass', subject: 'connection:con_1' },
      },
    ],
  ])('takes %j', (input) => {
    expect(fieldOf(input)).toBeNull();
  });
});
