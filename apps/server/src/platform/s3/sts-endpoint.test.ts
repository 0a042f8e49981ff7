import { describe, expect, it } from 'vitest';
import { isAwsSts, stsOf } from './sts-endpoint.ts';

const audience = (provider: 'aws' | 'other', region: string, endpoint: string) =>
  stsOf({ provider, region, endpoint })?.audience;

describe('stsOf', () => {
  it.each([
    ['aws', 'eu-west-1', 'https://s3.eu-west-1.amazonaws.com', 'https://sts.eu-west-1.amazonaws.com'],
    ['aws', 'us-east-1', 'https://s3.amazonaws.com', 'https://sts.us-east-1.amazonaws.com'],
    [
      'aws',
      'cn-north-1',
      'https://s3.cn-north-1.amazonaws.com.cn',
      'https://sts.cn-north-1.amazonaws.com.cn',
    ],
    [
      'aws',
      'us-gov-west-1',
      'https://s3.us-gov-west-1.amazonaws.com',
      'https://sts.us-gov-west-1.amazonaws.com',
    ],
    [
      'aws',
      'eusc-de-east-1',
      'https://s3.eusc-de-east-1.amazonaws.eu',
      'https://sts.eusc-de-east-1.amazonaws.eu',
    ],
    // A name that only looks like AWS's is not led to AWS.
    ['aws', 'us-east-1', 'https://notamazonaws.com', 'https://notamazonaws.com'],
    ['aws', 'us-east-1', 'http://127.0.0.1:7402', 'http://127.0.0.1:7402'],
    // Nor is the address of a bucket that is named sts.
    ['aws', 's3', 'https://s3.amazonaws.com', 'https://s3.amazonaws.com'],
    ['ceph', 'default', 'http://rgw.lan:8080', 'http://rgw.lan:8080'],
    ['embedded', 'us-east-1', 'http://127.0.0.1:7402', 'http://127.0.0.1:7402'],
    ['other', 'us-east-1', 'http://127.0.0.1:7402', 'http://127.0.0.1:7402'],
    ['wasabi', 'eu-central-1', 'https://s3.eu-central-1.wasabisys.com', 'https://sts.wasabisys.com'],
    ['r2', 'auto', 'https://x.r2.cloudflarestorage.com', null],
    ['b2', 'us-west-004', 'https://s3.us-west-004.backblazeb2.com', null],
    ['spaces', 'fra1', 'https://fra1.digitaloceanspaces.com', null],
  ] as const)('%s in %s at %s: %s', (provider, region, endpoint, expected) => {
    expect(stsOf({ provider, region, endpoint })?.endpoint ?? null).toBe(expected);
  });

  it('addresses tokens to AWS only where they go to AWS', () => {
    expect(audience('aws', 'eu-west-1', 'https://s3.eu-west-1.amazonaws.com')).toBe('sts.amazonaws.com');
    for (const [provider, region, endpoint] of [
      ['aws', 'eu-west-1', 'https://evil.example'],
      ['other', 'eu-west-1', 'https://sts.eu-west-1.amazonaws.com'],
      ['other', 'eu-west-1', 'https://ec2-1-2-3-4.compute.amazonaws.com'],
      ['aws', 's3', 'https://s3.amazonaws.com'],
    ] as const) {
      expect(audience(provider, region, endpoint)).toBe(endpoint);
    }
  });
});

describe('isAwsSts', () => {
  it.each([
    ['https://sts.amazonaws.com', true],
    ['https://sts.eu-west-1.amazonaws.com', true],
    ['https://sts.cn-north-1.amazonaws.com.cn', true],
    ['http://sts.eu-west-1.amazonaws.com', false],
    ['https://sts.eu-west-1.amazonaws.com:8443', false],
    // Buckets and machines of AWS's customers have names below amazonaws.com too.
    ['https://sts.s3.amazonaws.com', false],
    ['https://sts.s3.eu-west-1.amazonaws.com', false],
    ['https://ec2-1-2-3-4.compute.amazonaws.com', false],
    ['https://sts.eu-west-1.amazonaws.com.evil.example', false],
    ['https://stsamazonaws.com', false],
    ['http://127.0.0.1:7402', false],
  ])('%s: %s', (origin, expected) => {
    expect(isAwsSts(origin)).toBe(expected);
  });
});
