import { foldersOf, type Grant } from '../jobs/grants.ts';
import type { LifecycleDocument } from './generated.ts';

/** An upload that nobody resumes within a week is given up: S3 bills its parts until then. */
const abortAfterDays = 7;

/**
 * Aborts uploads that were never completed, below each prefix that is written to. Null where nothing is written.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
 */
export const lifecycleOf = (grants: readonly Grant[]): LifecycleDocument | null => {
  const prefixes = foldersOf(grants.filter(({ right }) => right === 'write'));
  if (prefixes.length === 0) return null;
  return {
    Rules: prefixes.map((prefix, index) => ({
      ID: `abort-incomplete-uploads${index === 0 ? '' : `-${index + 1}`}`,
      Status: 'Enabled',
      Filter: { Prefix: prefix },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortAfterDays },
    })),
  };
};
