import { expect, test } from 'vitest';
import { iamOf } from './iam-endpoint.ts';

test.each([
  ['aws', 'eu-west-1', 'https://s3.eu-west-1.amazonaws.com', 'https://iam.amazonaws.com', 'us-east-1'],
  [
    'aws',
    'cn-northwest-1',
    'https://s3.cn-northwest-1.amazonaws.com.cn',
    'https://iam.cn-north-1.amazonaws.com.cn',
    'cn-north-1',
  ],
  [
    'aws',
    'us-gov-east-1',
    'https://s3.us-gov-east-1.amazonaws.com',
    'https://iam.us-gov.amazonaws.com',
    'us-gov-west-1',
  ],
  [
    'aws',
    'eusc-de-east-1',
    'https://s3.eusc-de-east-1.amazonaws.eu',
    'https://iam.eusc-de-east-1.amazonaws.eu',
    'eusc-de-east-1',
  ],
  // Keys for somebody else's server are not shown to AWS, nor AWS's to a name that only looks like AWS.
  ['aws', 'us-east-1', 'http://127.0.0.1:9000', 'http://127.0.0.1:9000', 'us-east-1'],
  ['aws', 'us-east-1', 'https://amazonaws.com.example.org', 'https://amazonaws.com.example.org', 'us-east-1'],
  [
    'wasabi',
    'eu-central-1',
    'https://s3.eu-central-1.wasabisys.com',
    'https://iam.wasabisys.com',
    'us-east-1',
  ],
  ['ceph', 'us-east-1', 'https://rgw.example', 'https://rgw.example', 'us-east-1'],
  ['embedded', 'us-east-1', 'http://127.0.0.1:7402', 'http://127.0.0.1:7402', 'us-east-1'],
  ['other', 'eu', 'https://s3.example', 'https://s3.example', 'eu'],
] as const)('%s in %s at %s: IAM is at %s', (provider, region, endpoint, iam, signedFor) => {
  expect(iamOf({ provider, region, endpoint })).toEqual({ endpoint: iam, region: signedFor });
});

test.each(['r2', 'b2', 'spaces', 'minio'] as const)('%s has no IAM', (provider) => {
  expect(iamOf({ provider, region: 'auto', endpoint: 'https://s3.example' })).toBeNull();
});
