import type { ProviderId } from '@windlass/contract';

/** Where a provider answers IAM calls, and the region that they are signed for. */
export interface IamAddress {
  endpoint: string;
  region: string;
}

/** Whether a provider speaks IAM at all: at AWS's own address, beside S3, at an address of its own, or nowhere. */
const iamPlaces: Record<ProviderId, 'aws' | 'sameEndpoint' | 'none' | IamAddress> = {
  aws: 'aws',
  // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabi-s-different-storage-regions
  wasabi: { endpoint: 'https://iam.wasabisys.com', region: 'us-east-1' },
  ceph: 'sameEndpoint',
  embedded: 'sameEndpoint',
  other: 'sameEndpoint',
  // Users and policies are made by its own admin API.
  minio: 'none',
  r2: 'none',
  b2: 'none',
  spaces: 'none',
};

/**
 * IAM is one global service in each partition of AWS; where S3 is tells which partition. The longest suffix comes first.
 *
 * Source: https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
const partitions: readonly { suffix: string; regionPrefix: string; iam: IamAddress }[] = [
  {
    suffix: '.amazonaws.com.cn',
    regionPrefix: 'cn-',
    iam: { endpoint: 'https://iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
  },
  {
    suffix: '.amazonaws.com',
    regionPrefix: 'us-gov-',
    iam: { endpoint: 'https://iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
  },
  {
    suffix: '.amazonaws.com',
    regionPrefix: '',
    iam: { endpoint: 'https://iam.amazonaws.com', region: 'us-east-1' },
  },
  {
    suffix: '.amazonaws.eu',
    regionPrefix: 'eusc-',
    iam: { endpoint: 'https://iam.eusc-de-east-1.amazonaws.eu', region: 'eusc-de-east-1' },
  },
];

/**
 * The IAM endpoint that belongs to a bucket, null where its provider has none. An endpoint of `aws` that is not AWS's own,
 * as a stand-in for tests, is taken to answer for IAM too: administrator keys never leave for another party's host.
 *
 * @example iamOf({ provider: 'aws', region: 'eu-west-1', endpoint: 'https://s3.eu-west-1.amazonaws.com' })
 * // { endpoint: 'https://iam.amazonaws.com', region: 'us-east-1' }
 */
export const iamOf = ({
  provider,
  region,
  endpoint,
}: {
  provider: ProviderId;
  region: string;
  endpoint: string;
}): IamAddress | null => {
  const place = iamPlaces[provider];
  switch (place) {
    case 'none':
      return null;
    case 'sameEndpoint':
      return { endpoint, region };
    case 'aws': {
      const { hostname } = new URL(endpoint);
      const partition = partitions.find(
        ({ suffix, regionPrefix }) => hostname.endsWith(suffix) && region.startsWith(regionPrefix),
      );
      return partition?.iam ?? { endpoint, region };
    }
    default:
      return place;
  }
};
