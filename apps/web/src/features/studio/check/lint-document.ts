import type { PolicyProvider } from '@windlass/policy/generate';
import { lintPolicy, type Finding } from '@windlass/policy/lint';
import { namedInPolicy } from '../state/named-in-policy.ts';
import type { StudioDocument } from '../state/studio-state.ts';
import { isTooLong } from '../state/too-long.ts';

/** What is known about where the documents are used. */
export interface LintSetting {
  provider: PolicyProvider;
  bucket: string;
  /** The person has named the bucket. Else a policy that does not name it is about a bucket of its own. */
  bucketIsSet: boolean;
  account: string;
}

/** What is found in a document. */
export const lintDocument = (
  { kind, text }: StudioDocument,
  { provider, bucket, bucketIsSet, account }: LintSetting,
): Finding[] =>
  isTooLong(text)
    ? []
    : lintPolicy(text, {
        kind,
        provider,
        ...(/^\d{12}$/.test(account) && { accountId: account }),
        ...(kind === 'bucket' &&
          bucket !== '' &&
          (bucketIsSet || namedInPolicy(text).buckets.includes(bucket)) && { bucket }),
      });
