import type { ProviderId } from '@windlass/contract';

/** Where a provider's Security Token Service is: beside S3, at an address of its own, or nowhere. */
const stsPlaces: Record<ProviderId, 'aws' | 'sameEndpoint' | 'none' | `https://${string}`> = {
  aws: 'aws',
  // https://docs.wasabi.com/docs/aws-sts-with-wasabi
  wasabi: 'https://sts.wasabisys.com',
  minio: 'sameEndpoint',
  ceph: 'sameEndpoint',
  other: 'sameEndpoint',
  r2: 'none',
  b2: 'none',
  spaces: 'none',
};

/** DNS suffixes by the first letters of a region (AWS: partitions); every other region is under amazonaws.com. */
const awsSuffixes: readonly (readonly [regionPrefix: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eusc-', 'amazonaws.eu'],
];

const isAwsHost = (host: string): boolean =>
  ['amazonaws.com', ...awsSuffixes.map(([, suffix]) => suffix)].some((suffix) => host.endsWith(`.${suffix}`));

/**
 * The STS endpoint that belongs to a bucket, null where its provider has none. On AWS the regional one, which AWS
 * recommends over the global (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html);
 * an endpoint that is not AWS's own, as a stand-in for tests, is taken to answer for STS too.
 *
 * @example stsEndpointOf({ provider: 'aws', region: 'eu-west-1', endpoint: 'https://s3.eu-west-1.amazonaws.com' })
 * // 'https://sts.eu-west-1.amazonaws.com'
 */
export const stsEndpointOf = ({
  provider,
  region,
  endpoint,
}: {
  provider: ProviderId;
  region: string;
  endpoint: string;
}): string | null => {
  const place = stsPlaces[provider];
  switch (place) {
    case 'none':
      return null;
    case 'sameEndpoint':
      return endpoint;
    case 'aws': {
      if (!isAwsHost(new URL(endpoint).hostname)) return endpoint;
      const suffix = awsSuffixes.find(([regionPrefix]) => region.startsWith(regionPrefix))?.[1];
      return `https://sts.${region}.${suffix ?? 'amazonaws.com'}`;
    }
    default:
      return place;
  }
};
