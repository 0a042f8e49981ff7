import { policyKinds } from '../document/policy-document.ts';
import { bucketSettingNames, type ProviderProfile } from './provider-profile.ts';
import type { PolicyProvider } from './provider-id.ts';

const aws: ProviderProfile = {
  name: 'AWS S3',
  policyKinds,
  unknownActions: [],
  refusesUnknownActions: false,
  unknownConditionKeys: [],
  unknownOperators: [],
  brokenElements: [],
  variables: 'all',
  absentKeyNegated: true,
  sts: { assumeRole: true, sessionPolicy: true, externalId: true, webIdentity: true },
  postPolicy: true,
  conditionalWrites: true,
  takesUnsigned: false,
  cors: 'rules',
  tls: true,
  bucketSettings: bucketSettingNames,
  probesToSkip: [],
  notes: [],
  docsUrl: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
};

/** A provider whose keys have rights of their own and which takes no IAM documents. */
const keysOnly = {
  policyKinds: [],
  unknownActions: ['*'],
  refusesUnknownActions: true,
  unknownConditionKeys: ['*'],
  unknownOperators: [],
  brokenElements: [],
  variables: 'none',
  absentKeyNegated: null,
  sts: { assumeRole: false, sessionPolicy: false, externalId: false, webIdentity: false },
  postPolicy: false,
  takesUnsigned: false,
  tls: true,
} as const satisfies Partial<ProviderProfile>;

/**
 * What each provider of the connection form can express. Where a provider's own documents and servers differ, this says
 * what its server does.
 *
 * Sources: the `docsUrl` of each; Ceph 16.2 and its deviations were measured on a running gateway.
 */
export const providerProfiles: Readonly<Record<PolicyProvider, ProviderProfile>> = {
  aws,
  embedded: {
    ...aws,
    name: 'Embedded bucket',
    policyKinds: ['identity', 'group', 'boundary', 'session', 'bucket', 'trust'],
    unknownActions: ['kms:*'],
    tls: false,
    bucketSettings: ['publicAccess', 'ownership', 'lifecycle'],
    notes: ['It decides as AWS documents it, with the same code that explains policies here.'],
  },
  r2: {
    ...keysOnly,
    name: 'Cloudflare R2',
    conditionalWrites: true,
    cors: 'headersOneByOne',
    bucketSettings: ['lifecycle'],
    probesToSkip: ['getBucketPolicy', 'putObjectAcl', 'putBucketPolicy', 'putBucketAcl'],
    notes: [
      'A token reads, or reads and writes, all keys of the buckets that it names: there is no policy and no prefix.',
      'Its temporary credentials can be cut to prefixes, for seven days at most.',
    ],
    docsUrl: 'https://developers.cloudflare.com/r2/api/tokens/',
  },
  b2: {
    ...keysOnly,
    name: 'Backblaze B2',
    conditionalWrites: false,
    cors: 'rules',
    bucketSettings: [],
    probesToSkip: ['getBucketPolicy', 'putBucketPolicy', 'putObjectAcl'],
    notes: [
      'An application key has capabilities, one bucket and one name prefix. There is no bucket policy.',
      'The master application key does not work with the S3 API.',
    ],
    docsUrl: 'https://www.backblaze.com/docs/cloud-storage-s3-compatible-app-keys',
  },
  wasabi: {
    ...aws,
    name: 'Wasabi',
    policyKinds: ['identity', 'group', 'bucket', 'session', 'trust'],
    unknownActions: ['kms:*'],
    refusesUnknownActions: null,
    unknownConditionKeys: ['s3:if-none-match', 's3:objectcreationoperation', 'aws:resourceaccount'],
    absentKeyNegated: null,
    sts: { assumeRole: true, sessionPolicy: true, externalId: null, webIdentity: false },
    conditionalWrites: null,
    bucketSettings: ['versioning', 'lifecycle'],
    notes: ['It has a subset of IAM and STS.'],
    docsUrl: 'https://docs.wasabi.com/docs/iam-and-sts-support',
  },
  spaces: {
    ...keysOnly,
    name: 'DigitalOcean Spaces',
    policyKinds: ['bucket'],
    unknownActions: ['kms:*'],
    unknownConditionKeys: ['s3:if-none-match', 's3:objectcreationoperation', 'aws:resourceaccount'],
    postPolicy: null,
    conditionalWrites: null,
    // Its gateway is Ceph's.
    takesUnsigned: true,
    cors: 'rules',
    bucketSettings: ['versioning', 'lifecycle'],
    probesToSkip: [],
    notes: [
      'An access key reads, reads and writes, or has full access, bucket by bucket and without a prefix.',
      'Cold Storage buckets take no bucket policy.',
    ],
    docsUrl: 'https://docs.digitalocean.com/products/spaces/how-to/manage-access/',
  },
  minio: {
    ...aws,
    name: 'MinIO',
    policyKinds: ['identity', 'group', 'session'],
    unknownActions: ['kms:*', 's3:putbucketacl', 's3:putobjectacl'],
    refusesUnknownActions: true,
    unknownConditionKeys: ['s3:if-none-match', 's3:objectcreationoperation', 'aws:resourceaccount'],
    variables: 'plain',
    absentKeyNegated: null,
    sts: { assumeRole: true, sessionPolicy: true, externalId: false, webIdentity: true },
    cors: 'none',
    tls: null,
    bucketSettings: ['encryption', 'versioning'],
    probesToSkip: ['putBucketAcl', 'putBucketCors', 'putObjectAcl'],
    notes: [
      'Bucket policies are for anonymous requests only; rights of users are in policies of the server.',
      'AssumeRole takes the keys of a user instead of a role, and no external ID.',
      'Origins for CORS are a setting of the whole server.',
    ],
    docsUrl:
      'https://min.io/docs/minio/linux/administration/identity-access-management/policy-based-access-control.html',
  },
  ceph: {
    ...aws,
    name: 'Ceph RADOS Gateway',
    policyKinds: ['identity', 'session', 'bucket', 'trust'],
    unknownActions: [
      'kms:*',
      'iam:*',
      'cloudwatch:*',
      's3:getobjectattributes',
      's3:getencryptionconfiguration',
      's3:getbucketownershipcontrols',
      's3:getinventoryconfiguration',
      's3:replicateobject',
    ],
    refusesUnknownActions: true,
    unknownConditionKeys: [
      's3:signatureage',
      's3:if-none-match',
      's3:objectcreationoperation',
      'aws:resourceaccount',
      'aws:principalarn',
    ],
    unknownOperators: ['Null'],
    brokenElements: ['NotAction'],
    variables: 'none',
    absentKeyNegated: false,
    sts: { assumeRole: true, sessionPolicy: true, externalId: false, webIdentity: true },
    takesUnsigned: true,
    tls: null,
    bucketSettings: ['publicAccess', 'versioning', 'lifecycle'],
    probesToSkip: ['readBack', 'readBackOutput'],
    notes: [
      'Who uploads an object owns it and may read it and change its ACL; credentials of a role may not.',
      'A changed or new key of a user drops the policies of that user: put them again.',
      'Release 16 lets nobody assume a role whose trust policy asks for an external ID.',
      'ListBuckets needs no right and shows the buckets of the user.',
    ],
    docsUrl: 'https://docs.ceph.com/en/latest/radosgw/bucketpolicy/',
  },
  other: {
    ...aws,
    name: 'Other S3-compatible',
    policyKinds: ['identity', 'group', 'session', 'bucket', 'trust'],
    refusesUnknownActions: null,
    absentKeyNegated: null,
    sts: { assumeRole: null, sessionPolicy: null, externalId: null, webIdentity: null },
    postPolicy: null,
    conditionalWrites: null,
    takesUnsigned: null,
    tls: null,
    bucketSettings: ['lifecycle'],
    notes: ['Documents are written as for AWS; which parts this provider follows is for its manual to say.'],
  },
};

/** True when the provider's list of what it does not know names this action or condition key, in any case of letters. */
export const isUnknownTo = (unknown: readonly string[], name: string): boolean => {
  const lower = name.toLowerCase();
  return unknown.some((entry) =>
    entry.endsWith('*') ? lower.startsWith(entry.slice(0, -1)) : lower === entry,
  );
};
