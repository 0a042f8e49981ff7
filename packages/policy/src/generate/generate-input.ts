import type { Capability } from '../jobs/capability.ts';
import type { PolicyProvider } from '../providers/provider-id.ts';

/** What the documents are made for. */
export interface GenerateInput {
  readonly capabilities: readonly Capability[];
  readonly provider: PolicyProvider;
  readonly bucket: string;
  /** Empty, or ends in a slash. For `process`: where it reads. */
  readonly prefix: string;
  /** For `process`: where it writes; the same as `prefix` when absent. */
  readonly outputPrefix?: string;
  readonly region?: string;
  /** Twelve digits: the account that owns the bucket. Needed for account pin, access point and trust policy. */
  readonly accountId?: string;
  /** ARN that a bucket or access-point policy names. */
  readonly principal?: string;
  /** Makes the access-point form: policy of the access point, and delegation in the bucket policy. */
  readonly accessPoint?: { readonly name: string };
  /** Makes a trust policy for AssumeRole. */
  readonly trust?: { readonly principal: string; readonly externalId: string };
  /** Makes a trust policy for AssumeRoleWithWebIdentity. `issuer` without `https://`. */
  readonly webIdentity?: { readonly issuer: string; readonly audience: string; readonly subject: string };
  /** Origins of pages that upload or read, for CORS: scheme, host and port, no slash. */
  readonly origins?: readonly string[];
  readonly addOns?: {
    /** Objects cannot be overwritten (bucket policy). */
    readonly writeOnce?: boolean;
    /** Requests without TLS are denied (bucket policy). */
    readonly tlsOnly?: boolean;
    /** Rights count only while the bucket belongs to `accountId`. */
    readonly accountPin?: boolean;
    /** ARN of the key that the bucket encrypts with. */
    readonly kmsKey?: string;
  };
  /** The one gallery member that the documents are for; its name then stands where `${aws:username}` would. */
  readonly user?: string;
  /** Name of user, role and policy in commands and templates; `windlass-<bucket>` when absent. */
  readonly name?: string;
}
