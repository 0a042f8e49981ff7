import type { ProviderId } from '@windlass/contract';

/** Where a provider's Security Token Service is: beside S3, at an address of its own, or nowhere. */
const stsPlaces: Record<ProviderId, 'aws' | 'sameEndpoint' | 'none' | `https://${string}`> = {
  aws: 'aws',
  // https://docs.wasabi.com/docs/aws-sts-with-wasabi
  wasabi: 'https://sts.wasabisys.com',
  minio: 'sameEndpoint',
  ceph: 'sameEndpoint',
  embedded: 'sameEndpoint',
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

const suffixes = ['amazonaws.com', ...awsSuffixes.map(([, suffix]) => suffix)];
const isAwsHost = (host: string): boolean => suffixes.some((suffix) => host.endsWith(`.${suffix}`));
/** The form of AWS's regions; anything else could make the address of somebody's bucket. */
const awsRegion = /^[a-z]+(-[a-z]+)+-\d+$/;

/**
 * Whether an origin is a Security Token Service that AWS runs, by its name and over TLS.
 *
 * @example isAwsSts('https://sts.eu-west-1.amazonaws.com') // true
 */
export const isAwsSts = (origin: string): boolean => {
  const { protocol, hostname, port } = new URL(origin);
  const suffix = suffixes.find((each) => hostname.endsWith(`.${each}`));
  if (protocol !== 'https:' || port !== '' || suffix === undefined) return false;
  const [service, region, ...rest] = hostname.slice(0, -suffix.length - 1).split('.');
  return service === 'sts' && rest.length === 0 && (region === undefined || awsRegion.test(region));
};

/** Where a Security Token Service is, and whom web identity tokens for it are addressed to. */
export interface StsAddress {
  endpoint: string;
  /** A token for one STS is of no use at another, whoever runs it. */
  audience: string;
}

/** What AWS's own examples name; a token with it is only ever sent to AWS. */
const awsAudience = 'sts.amazonaws.com';

/**
 * The STS that belongs to a bucket, null where its provider has none. On AWS the regional one, which AWS recommends over
 * the global (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html); an endpoint that
 * is not AWS's own, as a stand-in for tests, is taken to answer for STS too.
 *
 * @example stsOf({ provider: 'aws', region: 'eu-west-1', endpoint: 'https://s3.eu-west-1.amazonaws.com' })
 * // { endpoint: 'https://sts.eu-west-1.amazonaws.com', audience: 'sts.amazonaws.com' }
 */
export const stsOf = ({
  provider,
  region,
  endpoint,
}: {
  provider: ProviderId;
  region: string;
  endpoint: string;
}): StsAddress | null => {
  const place = stsPlaces[provider];
  switch (place) {
    case 'none':
      return null;
    case 'sameEndpoint':
      return { endpoint, audience: endpoint };
    case 'aws': {
      if (!isAwsHost(new URL(endpoint).hostname) || !awsRegion.test(region)) {
        return { endpoint, audience: endpoint };
      }
      const suffix = awsSuffixes.find(([regionPrefix]) => region.startsWith(regionPrefix))?.[1];
      return { endpoint: `https://sts.${region}.${suffix ?? 'amazonaws.com'}`, audience: awsAudience };
    }
    default:
      return { endpoint: place, audience: place };
  }
};
