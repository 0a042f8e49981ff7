export const vendor = 'arn:aws:iam::444455556666:user/vendor';

/** A bucket policy that lets a vendor upload, and a fence that was meant for other prefixes and denies every upload. */
export const vendorFence = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Allow',
      Effect: 'Allow',
      Principal: { AWS: vendor },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::media/uploads/*',
    },
    {
      Sid: 'Fence',
      Effect: 'Deny',
      Principal: { AWS: vendor },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::media/*',
      Condition: { StringNotLikeIfExists: { 's3:prefix': 'uploads/*' } },
    },
  ],
};
