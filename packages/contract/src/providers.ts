/** How a bucket is addressed: `https://host/bucket/key` or `https://bucket.host/key`. */
export const addressings = ['path', 'virtual'] as const;
export type Addressing = (typeof addressings)[number];

/** `embedded` is the bucket that Windlass brings; only the team that has it is offered it. */
export const providerIds = [
  'aws',
  'r2',
  'b2',
  'wasabi',
  'spaces',
  'minio',
  'ceph',
  'embedded',
  'other',
] as const;
export type ProviderId = (typeof providerIds)[number];

export interface Provider {
  name: string;
  /** Endpoint with `{region}` and `{account}` to fill in; null: the person gives it. */
  endpointTemplate: string | null;
  addressing: Addressing;
  defaultRegion: string;
  /** True where the region belongs to the signature but has one fixed value (R2: auto). */
  regionFixed: boolean;
  /** Where in the provider's console keys are made. */
  keysHint: string;
  docsUrl: string;
}

/** The presets of the connection form. Sources: each provider's S3 endpoint page (docsUrl). */
export const providers: Record<ProviderId, Provider> = {
  aws: {
    name: 'AWS S3',
    endpointTemplate: 'https://s3.{region}.amazonaws.com',
    addressing: 'virtual',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: 'IAM > Users > your user > Security credentials > Create access key',
    docsUrl: 'https://docs.aws.amazon.com/general/latest/gr/s3.html',
  },
  r2: {
    name: 'Cloudflare R2',
    endpointTemplate: 'https://{account}.r2.cloudflarestorage.com',
    addressing: 'path',
    defaultRegion: 'auto',
    regionFixed: true,
    keysHint: 'R2 > Overview > Manage API tokens > Create API token',
    docsUrl: 'https://developers.cloudflare.com/r2/api/s3/api/',
  },
  b2: {
    name: 'Backblaze B2',
    endpointTemplate: 'https://s3.{region}.backblazeb2.com',
    addressing: 'virtual',
    defaultRegion: 'us-west-004',
    regionFixed: false,
    keysHint: 'Application Keys > Add a New Application Key',
    docsUrl: 'https://www.backblaze.com/docs/cloud-storage-s3-compatible-api',
  },
  wasabi: {
    name: 'Wasabi',
    endpointTemplate: 'https://s3.{region}.wasabisys.com',
    addressing: 'virtual',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: 'Access Keys > Create Access Key',
    docsUrl: 'https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabi-s-different-storage-regions',
  },
  spaces: {
    name: 'DigitalOcean Spaces',
    endpointTemplate: 'https://{region}.digitaloceanspaces.com',
    addressing: 'virtual',
    defaultRegion: 'fra1',
    regionFixed: false,
    keysHint: 'Spaces Object Storage > Access Keys > Create Access Key',
    docsUrl: 'https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/',
  },
  minio: {
    name: 'MinIO',
    endpointTemplate: null,
    addressing: 'path',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: 'Console > Access Keys > Create access key',
    docsUrl: 'https://min.io/docs/minio/linux/index.html',
  },
  ceph: {
    name: 'Ceph RADOS Gateway',
    endpointTemplate: null,
    addressing: 'path',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: 'radosgw-admin user create, or ask who runs the cluster',
    docsUrl: 'https://docs.ceph.com/en/latest/radosgw/s3/',
  },
  embedded: {
    name: 'Embedded bucket',
    // Where it listens is for the server to tell (getEmbeddedBucket).
    endpointTemplate: null,
    addressing: 'path',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: 'Connections > Embedded bucket > Users > New user > New key',
    docsUrl: 'https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html',
  },
  other: {
    name: 'Other S3-compatible',
    endpointTemplate: null,
    addressing: 'path',
    defaultRegion: 'us-east-1',
    regionFixed: false,
    keysHint: "Your provider's console",
    docsUrl: 'https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html',
  },
};
