/** The owner that tests sign in as. */
export const owner = { email: 'owner@example.com', password: 'a windlass lifts the bucket' } as const;

/** Keys of the embedded bucket's own user, given instead of made. */
export const bucketKeys = {
  accessKeyId: 'WINDLASSTESTKEY00001',
  secretAccessKey: 'test-secret-of-the-embedded-bucket-01',
} as const;

/** A server that needs no person to set it up. */
export const ownerEnvironment = {
  WINDLASS_OWNER_EMAIL: owner.email,
  WINDLASS_OWNER_PASSWORD: owner.password,
  WINDLASS_REQUESTS_PER_MINUTE: '1000000',
  WINDLASS_BUCKET_ACCESS_KEY_ID: bucketKeys.accessKeyId,
  WINDLASS_BUCKET_SECRET_ACCESS_KEY: bucketKeys.secretAccessKey,
} as const;
