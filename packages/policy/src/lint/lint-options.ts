import type { PolicyKind } from '../document/policy-document.ts';
import type { RequestContext } from '../evaluate/access-request.ts';
import type { Capability } from '../jobs/capability.ts';
import type { PolicyProvider } from '../providers/provider-id.ts';

/** What is known about where a policy is used. All but the kind may stay away; each more makes more rules speak. */
export interface LintOptions {
  readonly kind: PolicyKind;
  /** The bucket that the policy is attached to or is about. */
  readonly bucket?: string | undefined;
  /** Empty, or ends in a slash. */
  readonly prefix?: string | undefined;
  /** Where `process` writes. */
  readonly outputPrefix?: string | undefined;
  readonly provider?: PolicyProvider | undefined;
  /** Compares the policy with what these jobs need. */
  readonly capabilities?: readonly Capability[] | undefined;
  /** Twelve digits: the account that owns the bucket or role. */
  readonly accountId?: string | undefined;
  /** ARN of the KMS key that the bucket encrypts with. */
  readonly kmsKey?: string | undefined;
  /** Who will make the calls. */
  readonly caller?:
    | {
        /** ARN of a user or role session. */
        readonly principal: string;
        /** What its requests carry, e.g. `aws:SourceIp`. A key that is left away counts as absent. */
        readonly context?: RequestContext | undefined;
      }
    | undefined;
}

export interface CorsLintOptions {
  readonly provider?: PolicyProvider | undefined;
  /** Origin of the page that reads or uploads: scheme, host and port, no slash. */
  readonly pageOrigin?: string | undefined;
  /** What the page does. Without them, rules with PUT are taken for uploads. */
  readonly capabilities?: readonly Capability[] | undefined;
}
