import type { PolicyDocument } from '../document/policy-document.ts';
import type { CorsRule } from '../cors/cors-rule.ts';

/** A lifecycle configuration as PutBucketLifecycleConfiguration takes it in JSON. */
export interface LifecycleDocument {
  readonly Rules: readonly {
    readonly ID: string;
    readonly Status: 'Enabled';
    readonly Filter: { readonly Prefix: string };
    readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
    readonly Expiration?: { readonly Days: number };
  }[];
}

/** What a provider cannot express, and what to do there instead. */
export interface ProviderNote {
  /** `limit`: a right stays wider than the job needs, or cannot be given. `steps`: what to do in the provider's console. */
  readonly kind: 'limit' | 'steps';
  readonly title: string;
  readonly lines: readonly string[];
}

/** Null where the input does not ask for it, or the provider has no such document. */
export interface GeneratedDocuments {
  readonly identity: PolicyDocument | null;
  readonly bucketPolicy: PolicyDocument | null;
  readonly accessPointPolicy: PolicyDocument | null;
  readonly trust: PolicyDocument | null;
  readonly cors: readonly CorsRule[] | null;
  readonly lifecycle: LifecycleDocument | null;
  readonly notes: readonly ProviderNote[];
}
