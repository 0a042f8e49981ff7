import type { PolicyDocument } from '@windlass/policy';
import { parseCors } from '../cors/cors-configuration.ts';
import type { CorsRule } from '../cors/cors-configuration.ts';
import { parseLifecycle } from '../lifecycle/index.ts';
import type { LifecycleRule } from '../lifecycle/index.ts';
import type { PublicAccessBlock } from '../iam/bucket-iam.ts';
import type { BucketDocument, ObjectStore } from '../store.ts';
import { parsePublicAccessBlock } from './public-access-document.ts';

/** The configuration of buckets as rules. Documents are read from the store and parsed when their text is a new one. */
export interface BucketDocuments {
  /** Undefined when the bucket has none, or is not there. */
  corsRules(bucket: string): readonly CorsRule[] | undefined;
  lifecycleRules(bucket: string): readonly LifecycleRule[] | undefined;
  policy(bucket: string): PolicyDocument | undefined;
  publicAccessBlock(bucket: string): PublicAccessBlock | undefined;
}

export function createBucketDocuments(
  store: Pick<ObjectStore, 'getBucket' | 'getDocument'>,
): BucketDocuments {
  return {
    corsRules: remember(store, 'cors', parseCors),
    lifecycleRules: remember(store, 'lifecycle', parseLifecycle),
    // Read and checked when it was put. Of what an older version kept unchecked, statements that IAM would not take count
    // for nothing.
    policy: remember(store, 'policy', (text) => JSON.parse(text) as PolicyDocument),
    publicAccessBlock: remember(store, 'publicAccessBlock', parsePublicAccessBlock),
  };
}

/** One entry for each bucket that is there: a bucket that is gone is forgotten when it is next asked for. */
function remember<Rules>(
  store: Pick<ObjectStore, 'getBucket' | 'getDocument'>,
  document: BucketDocument,
  parse: (text: string) => Rules,
): (bucket: string) => Rules | undefined {
  const known = new Map<string, { text: string; rules: Rules }>();
  return (bucket) => {
    const text = store.getBucket(bucket) === undefined ? undefined : store.getDocument(bucket, document);
    if (text === undefined) {
      known.delete(bucket);
      return undefined;
    }
    let entry = known.get(bucket);
    if (entry?.text !== text) {
      entry = { text, rules: parse(text) };
      known.set(bucket, entry);
    }
    return entry.rules;
  };
}
