/** Who signed the request; `anonymous` when nobody did. */
export type Principal = { kind: 'user'; userId: string; name: string; arn: string } | { kind: 'anonymous' };

/** One question to the authorisation port, in IAM's terms. A call that needs two rights asks twice. */
export interface AuthorizationRequest {
  principal: Principal;
  /** IAM action, e.g. `s3:GetObject` (AWS: Actions, resources, and condition keys for Amazon S3). */
  action: string;
  /** `arn:aws:s3:::bucket` or `arn:aws:s3:::bucket/key`. */
  resource: string;
  /** Null for calls that name no bucket (ListBuckets) or one that does not exist yet. */
  bucket: { name: string; ownerId: string; policy: string | undefined } | null;
  /** Condition keys of the request, e.g. `s3:prefix`, `aws:SecureTransport`. */
  context: Record<string, string | string[]>;
}

export type AuthorizationDecision = { allowed: true } | { allowed: false; reason: string };

/** The one port through which every right is decided. */
export type Authorize = (request: AuthorizationRequest) => AuthorizationDecision;

/** Until policies are enforced: a user may do everything in the buckets it owns, may make buckets and list its own. */
export const authorizeOwner: Authorize = ({ principal, action, bucket }) => {
  if (principal.kind === 'anonymous') return { allowed: false, reason: 'Anonymous requests are refused.' };
  if (bucket === null) {
    return action === 's3:CreateBucket' || action === 's3:ListAllMyBuckets'
      ? { allowed: true }
      : { allowed: false, reason: `${action} needs a bucket.` };
  }
  return bucket.ownerId === principal.userId
    ? { allowed: true }
    : { allowed: false, reason: `${principal.name} does not own ${bucket.name}.` };
};
