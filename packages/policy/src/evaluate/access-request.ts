import type { PolicyDocument } from '../document/policy-document.ts';

/** Condition keys of a request with their values; a key that the request does not have is absent, not empty. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One question in IAM's terms: may this principal do this action on this resource? */
export interface AccessRequest {
  /** ARN of a user, role session, federated user or account root; `*` for anonymous; a service as `cloudfront.amazonaws.com`. */
  readonly principal: string;
  /** IAM action, e.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*` for actions without a resource type. Taken literally: no character in it is a wildcard. */
  readonly resource: string;
  /** Twelve digits; the account that owns the resource. */
  readonly resourceAccount: string;
  readonly context: RequestContext;
}

/** All policies that have a say. What is absent or null is not there; an empty list of identity policies is. */
export interface PolicySet {
  readonly identity?: readonly PolicyDocument[] | null;
  /** Of the groups of the user; they count as identity policies do. */
  readonly group?: readonly PolicyDocument[] | null;
  readonly boundary?: readonly PolicyDocument[] | null;
  readonly session?: PolicyDocument | null;
  readonly bucketPolicy?: PolicyDocument | null;
  /** Of a role that is to be assumed. Unlike a bucket policy it must allow, whatever the caller's own policies say. */
  readonly trust?: PolicyDocument | null;
  readonly accessPoint?: {
    readonly arn: string;
    readonly policy: PolicyDocument | null;
    /** The same resource named by the bucket's own ARN; the bucket's side is asked about it. */
    readonly bucketResource: string;
  } | null;
  readonly vpcEndpoint?: readonly PolicyDocument[] | null;
  /** One list for each level of the organization (root, units, account): every level must allow. */
  readonly scp?: readonly (readonly PolicyDocument[])[] | readonly PolicyDocument[] | null;
  readonly rcp?: readonly (readonly PolicyDocument[])[] | readonly PolicyDocument[] | null;
  /** RestrictPublicBuckets of Block Public Access: public statements then count for the owner's account and AWS services only. */
  readonly blockPublicAccess?: boolean;
}
