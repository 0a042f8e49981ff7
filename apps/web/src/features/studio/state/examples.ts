import type { PolicyDocument, PolicyKind } from '@windlass/policy';
import type { CheckState, Studio, TriedRequest } from './studio-state.ts';

/** Policies to begin with: what people really paste, each with what is wrong with it. */
export interface Example {
  id: string;
  title: string;
  about: string;
  check: CheckState;
}

/** The numbers that AWS uses for accounts in its own documentation. */
const account = '111122223333';
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;

const request = (patch: Partial<TriedRequest>): TriedRequest => ({
  operation: 'PutObject',
  bucket: 'example-media',
  key: 'uploads/a.jpg',
  source: { bucket: '', key: '' },
  parameters: [],
  principal: user('recorder'),
  account,
  context: [],
  accessPoint: '',
  blockPublicAccess: false,
  ...patch,
});

const check = (
  policies: readonly (readonly [PolicyKind, PolicyDocument])[],
  tried: Partial<TriedRequest>,
): CheckState => ({
  documents: policies.map(([kind, policy], index) => ({
    id: `${kind}-${index + 1}`,
    kind,
    text: JSON.stringify(policy, null, 2),
  })),
  open: `${policies[0]?.[0] ?? 'identity'}-1`,
  provider: 'aws',
  request: request(tried),
});

const uploadFence: Example = {
  id: 'upload-fence',
  title: 'Upload with a prefix fence',
  about: 'A bucket policy for recordings. Its fence shuts out every upload.',
  check: check(
    [
      [
        'bucket',
        {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'AllowUploads',
              Effect: 'Allow',
              Principal: { AWS: user('recorder') },
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::example-media/uploads/*',
            },
            {
              Sid: 'DenyElsewhere',
              Effect: 'Deny',
              Principal: { AWS: user('recorder') },
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::example-media/*',
              Condition: { StringNotLikeIfExists: { 's3:prefix': ['uploads/*'] } },
            },
          ],
        },
      ],
    ],
    {},
  ),
};

const delivery: Example = {
  id: 'delivery',
  title: 'Image delivery without Version',
  about: 'Reads a whole bucket for an image server, in the language of 2008.',
  check: check(
    [
      [
        'identity',
        {
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'],
              Resource: ['arn:aws:s3:::example-media/*', 'arn:aws:s3:::example-media'],
            },
          ],
        },
      ],
    ],
    { operation: 'GetObject', key: 'shop/shoe.jpg', principal: user('images') },
  ),
};

const orders: Example = {
  id: 'orders',
  title: 'Order uploads',
  about: 'Uploads to anywhere in the bucket, over whatever is there.',
  check: check(
    [
      [
        'identity',
        {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'OrderUploads',
              Effect: 'Allow',
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::example-media/*',
            },
          ],
        },
      ],
    ],
    { operation: 'CreateMultipartUpload', key: 'orders/1007/front.jpg', principal: user('orders') },
  ),
};

const gallery: Example = {
  id: 'gallery',
  title: 'Gallery listing',
  about: 'Lists below a prefix, so that asking for the bucket itself fails.',
  check: check(
    [
      [
        'identity',
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
              Resource: 'arn:aws:s3:::example-media/gallery/*',
            },
            {
              Effect: 'Allow',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::example-media',
              Condition: { StringLike: { 's3:prefix': ['gallery/*'] } },
            },
          ],
        },
      ],
    ],
    { operation: 'HeadBucket', key: '', principal: user('gallery') },
  ),
};

export const examples: readonly Example[] = [uploadFence, delivery, orders, gallery];

/** What the studio opens with: never an empty page, but a policy with something to find. */
export const firstStudio: Studio = {
  check: uploadFence.check,
  generate: {
    capabilities: ['ingest'],
    provider: 'aws',
    bucket: 'example-media',
    prefix: 'uploads/',
    outputPrefix: '',
    region: 'eu-central-1',
    accountId: account,
    principal: '',
    accessPoint: '',
    trustPrincipal: '',
    externalId: '',
    origins: 'https://app.example.com',
    writeOnce: false,
    tlsOnly: true,
    accountPin: false,
    kmsKey: '',
  },
  compare: {
    left: orders.check.documents[0]?.text ?? '',
    against: 'job',
    right: delivery.check.documents[0]?.text ?? '',
    capabilities: ['ingest'],
    bucket: 'example-media',
    prefix: 'orders/',
  },
  cors: {
    text: JSON.stringify(
      [
        {
          AllowedOrigins: ['https://app.example.com/'],
          AllowedMethods: ['PUT'],
          AllowedHeaders: ['content-type'],
          MaxAgeSeconds: 3600,
        },
      ],
      null,
      2,
    ),
    origin: 'https://app.example.com',
    method: 'PUT',
    headers: 'content-type, if-none-match',
  },
};
