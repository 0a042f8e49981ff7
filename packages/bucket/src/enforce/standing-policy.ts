import type { PolicyDocument } from '@windlass/policy';
import type { QuestionedBucket } from '../authorize.ts';
import type { StoredUser } from '../iam/identity-records.ts';

const version = '2012-10-17';

const everything: PolicyDocument = {
  Version: version,
  Statement: [{ Sid: 'AdministratorAccess', Effect: 'Allow', Action: '*', Resource: '*' }],
};

const makesBuckets: PolicyDocument = {
  Version: version,
  Statement: [
    {
      Sid: 'MakesBuckets',
      Effect: 'Allow',
      Action: ['s3:CreateBucket', 's3:ListAllMyBuckets'],
      Resource: '*',
    },
  ],
};

const ownedBucket = ({ name }: QuestionedBucket): PolicyDocument => {
  const arn = `arn:aws:s3:::${name}`;
  return {
    Version: version,
    Statement: [{ Sid: 'OwnsThisBucket', Effect: 'Allow', Action: 's3:*', Resource: [arn, `${arn}/*`] }],
  };
};

/**
 * What a user's standing allows, written as the identity policies that say it: so it is judged, denied and explained like
 * any other policy.
 */
export const standingPolicies = (
  { userId, standing }: Pick<StoredUser, 'userId' | 'standing'>,
  bucket: QuestionedBucket | null,
): readonly PolicyDocument[] => {
  switch (standing) {
    case 'administrator':
      return [everything];
    case 'owner':
      return bucket?.ownerId === userId ? [makesBuckets, ownedBucket(bucket)] : [makesBuckets];
    case 'policies':
      return [];
  }
};
