import type { PolicyDocument, Statement } from '@windlass/policy';
import {
  compactPolicy,
  PolicyInputError,
  sessionPolicy,
  type SessionAction,
} from '@windlass/policy/generate';

/** What a session of a role is asked for. Each gets a policy of its own, so that a read can never turn into a write. */
export const accessPurposes = ['read', 'write', 'delete', 'listUploads', 'check'] as const;
export type AccessPurpose = (typeof accessPurposes)[number];

/** STS takes 2,048 characters at most (AWS: AssumeRole, Policy). */
const maxCharacters = 2048;

const actionsOf: Record<Exclude<AccessPurpose, 'check' | 'listUploads'>, readonly SessionAction[]> = {
  // Without the right to list, a key that is missing answers 403 instead of 404.
  read: ['read', 'list'],
  write: ['write'],
  delete: ['delete'],
};

/** Where the session may go. */
export interface SessionPlace {
  bucket: string;
  prefix: string;
  /** Of the ARNs: `aws`, `aws-cn`, … */
  partition: string;
  /** True where the bucket may encrypt with a KMS key of the customer's, which takes the caller's own rights. */
  withKms: boolean;
}

/**
 * The session policy for one purpose at one place, as STS takes it. A prefix that makes no document, or one that is too
 * long, gives way to the folder around it: wider than the prefix, still narrower than the bucket.
 *
 * @example sessionPolicyFor('delete', { bucket: 'photos', prefix: 'team/', partition: 'aws', withKms: false })
 * // '{"Version":"2012-10-17","Statement":[{…,"Action":"s3:DeleteObject","Resource":"arn:aws:s3:::photos/team/*"}]}'
 */
export const sessionPolicyFor = (purpose: AccessPurpose, place: SessionPlace): string => {
  if (purpose === 'check') return compactPolicy(checkPolicy(place));
  if (purpose === 'listUploads') return compactPolicy(listUploadsPolicy(place));
  try {
    return narrowPolicy(actionsOf[purpose], place);
  } catch (error) {
    if (!(error instanceof PolicyInputError) || place.prefix === '') throw error;
    return sessionPolicyFor(purpose, { ...place, prefix: parentOf(place.prefix) });
  }
};

/** @throws PolicyInputError */
const narrowPolicy = (actions: readonly SessionAction[], place: SessionPlace): string => {
  const { Statement: statements, ...head } = sessionPolicy(actions, place);
  const text = compactPolicy({ ...head, Statement: [...[statements].flat(), ...keyStatements(place)] });
  if (text.length > maxCharacters) throw new PolicyInputError('prefix', 'leaves no room for the KMS key');
  return text;
};

/** Objects of S3 only, whichever key it is: which one the bucket has is not known here. */
const keyStatements = ({ withKms }: SessionPlace): Statement[] =>
  withKms
    ? [
        {
          Sid: 'UseKey',
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
          Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
        },
      ]
    : [];

/**
 * Just the calls of the check, but inside the prefix and out of it: a fence that stands only in a policy of our own would
 * prove nothing of the role.
 */
const checkPolicy = (place: SessionPlace): PolicyDocument => {
  const bucket = `arn:${place.partition}:s3:::${place.bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Bucket', Effect: 'Allow', Action: checkedBucketActions, Resource: bucket },
      { Sid: 'Objects', Effect: 'Allow', Action: checkedObjectActions, Resource: `${bucket}/*` },
      { Sid: 'Buckets', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
      ...keyStatements(place),
    ],
  };
};

/** The whole bucket's: IAM knows no condition on the prefix of this list (AWS: Actions, resources and condition keys, S3). */
const listUploadsPolicy = (place: SessionPlace): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ListUploads',
      Effect: 'Allow',
      Action: 's3:ListBucketMultipartUploads',
      Resource: `arn:${place.partition}:s3:::${place.bucket}`,
    },
  ],
});

const checkedBucketActions = [
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:GetBucketVersioning',
  's3:GetBucketPolicy',
  's3:GetBucketAcl',
  's3:GetLifecycleConfiguration',
  's3:GetBucketCORS',
];
const checkedObjectActions = [
  's3:GetObject',
  's3:PutObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
];

/** @example parentOf('a/b/') // 'a/' */
const parentOf = (prefix: string): string => prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
