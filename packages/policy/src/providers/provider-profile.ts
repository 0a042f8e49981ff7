import type { PolicyKind } from '../document/policy-document.ts';

/** Settings of a bucket that a set-up touches besides its policies. */
export const bucketSettingNames = [
  'publicAccess',
  'ownership',
  'encryption',
  'versioning',
  'lifecycle',
] as const;
export type BucketSettingName = (typeof bucketSettingNames)[number];

/** Yes, no, or not known: null is shown in grey and never taken for a yes. */
export type Known = boolean | null;

/** What a provider can express and what it answers differently from AWS. */
export interface ProviderProfile {
  readonly name: string;
  /** Kinds of policy that it takes. */
  readonly policyKinds: readonly PolicyKind[];
  /** Actions that it does not know, in lower case; a `*` at the end stands for all that begin so. */
  readonly unknownActions: readonly string[];
  /** A document with an action that it does not know is refused as a whole. */
  readonly refusesUnknownActions: Known;
  /** Condition keys that it does not know, in lower case; a `*` at the end as above. */
  readonly unknownConditionKeys: readonly string[];
  readonly unknownOperators: readonly string[];
  /** Elements of a statement that it takes and does not follow. */
  readonly brokenElements: readonly string[];
  /** `all`: `${aws:username}` and its like, with `${*}`, `${?}`, `${$}`. `plain`: variables, no such escapes. */
  readonly variables: 'all' | 'plain' | 'none';
  /** A negated operator on a key that the request lacks: true on AWS. */
  readonly absentKeyNegated: Known;
  readonly sts: {
    readonly assumeRole: Known;
    readonly sessionPolicy: Known;
    readonly externalId: Known;
    readonly webIdentity: Known;
  };
  /** Uploads by HTML form. */
  readonly postPolicy: Known;
  /** `If-None-Match: *` on uploads. */
  readonly conditionalWrites: Known;
  /**
   * A signed request is taken with `x-amz-` headers that were not signed: an ACL, or the source of a copy. S3 refuses them.
   */
  readonly takesUnsigned: Known;
  /** Rules of the bucket, the same with headers named one by one, or none. */
  readonly cors: 'rules' | 'headersOneByOne' | 'none';
  /**
   * Requests can come over TLS and count as such: false where a policy that asks for `aws:SecureTransport` refuses all,
   * null where it hangs on how the server is run.
   */
  readonly tls: Known;
  readonly bucketSettings: readonly BucketSettingName[];
  /** Ids of need rows that say nothing here, because the provider answers them in its own way. */
  readonly probesToSkip: readonly string[];
  readonly notes: readonly string[];
  /** Where all this is written. */
  readonly docsUrl: string;
}
