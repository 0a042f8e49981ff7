import type { RequestContext } from '@windlass/policy';

/** Who signed the request; `anonymous` when nobody did. */
export type Principal =
  | { kind: 'user'; userId: string; name: string; arn: string }
  | {
      /** A session of a role, by temporary credentials. */
      kind: 'session';
      roleId: string;
      roleName: string;
      roleArn: string;
      sessionName: string;
      arn: string;
      issuedAt: Date;
      /** The session policy, or null. */
      policy: string | null;
      /** ARN of the identity provider whose token opened the session, or null. */
      provider: string | null;
    }
  | { kind: 'anonymous' };

/** A bucket that a question is about. */
export interface QuestionedBucket {
  name: string;
  ownerId: string;
}

/** One question, in IAM's terms. A call that needs two rights asks twice. */
export interface AuthorizationRequest {
  principal: Principal;
  /** IAM action, e.g. `s3:GetObject` (AWS: Actions, resources, and condition keys for Amazon S3). */
  action: string;
  /** `arn:aws:s3:::bucket`, `arn:aws:s3:::bucket/key`, an ARN of IAM, or `*`. */
  resource: string;
  /** Null for calls that name no bucket (ListBuckets) or one that does not exist yet. */
  bucket: QuestionedBucket | null;
  /** Condition keys of the request, e.g. `s3:prefix`, `aws:SecureTransport`. */
  context: RequestContext;
}

export type AuthorizationDecision =
  | { allowed: true }
  | {
      allowed: false;
      /** A policy denies it, rather than none allowing it. */
      explicit: boolean;
      /** As AWS tells it to the caller. */
      message: string;
    };

/** The one place through which every right is decided. */
export type Authorize = (request: AuthorizationRequest) => AuthorizationDecision;
