import type { BucketSettingName } from '../../providers/provider-profile.ts';
import type { GenerateInput } from '../generate-input.ts';
import type { LifecycleDocument } from '../generated.ts';

/** A setting of the bucket beside its policies: what to choose and why. */
export interface BucketSetting {
  readonly name: BucketSettingName;
  /** As the AWS console heads it. */
  readonly title: string;
  /** What to choose, in the console's words. */
  readonly recommended: string;
  readonly why: string;
}

/**
 * Recommended settings, in the order of the console's form.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export const bucketSettings = (
  input: GenerateInput,
  { lifecycle }: { readonly lifecycle: LifecycleDocument | null },
): BucketSetting[] => [
  {
    name: 'ownership',
    title: 'Object Ownership',
    recommended: 'ACLs disabled (recommended)',
    why: 'The bucket owner then owns what others upload, and policies alone decide (BucketOwnerEnforced).',
  },
  {
    name: 'publicAccess',
    title: 'Block Public Access settings for this bucket',
    recommended: 'Block all public access',
    why: 'No job needs a public bucket: everything is signed.',
  },
  {
    name: 'versioning',
    title: 'Bucket Versioning',
    recommended: 'Disable',
    why: 'No job needs it. Enabled, what is overwritten or deleted can be brought back, and each version is billed until a lifecycle rule removes it.',
  },
  input.addOns?.kmsKey === undefined
    ? {
        name: 'encryption',
        title: 'Default encryption',
        recommended: 'Server-side encryption with Amazon S3 managed keys (SSE-S3)',
        why: 'It costs nothing and needs no further right.',
      }
    : {
        name: 'encryption',
        title: 'Default encryption',
        recommended:
          'Server-side encryption with AWS Key Management Service keys (SSE-KMS), Bucket Key: Enable',
        why: 'Who reads or writes then needs rights on the key as well. A Bucket Key saves most of the calls to KMS.',
      },
  {
    name: 'lifecycle',
    title: 'Lifecycle rules',
    recommended: lifecycle === null ? 'None' : 'Delete incomplete multipart uploads after 7 days',
    why:
      lifecycle === null
        ? 'Nothing is uploaded by this job.'
        : 'Parts of an upload that nobody completes are billed until they are removed.',
  },
];
