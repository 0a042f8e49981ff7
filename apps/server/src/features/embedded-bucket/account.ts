import type { BucketIam } from '@windlass/bucket';

/** The embedded bucket as this feature sees it. */
export interface EmbeddedBucketAccount {
  url: string;
  region: string;
  iam: BucketIam;
}
