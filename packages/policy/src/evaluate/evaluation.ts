import type { PolicyKind } from '../document/policy-document.ts';

export const decisions = ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'] as const;
export type Decision = (typeof decisions)[number];

/** A statement's place among the policies that were given. */
export interface StatementPlace {
  readonly policy: PolicyKind;
  /** Which policy of that kind, from 0. For levels of SCPs and RCPs: counted through all levels. */
  readonly policyIndex: number;
  readonly statementIndex: number;
  readonly sid: string | null;
}

/** One part of a statement against the request. */
export interface PartTrace {
  readonly part: 'principal' | 'action' | 'resource' | 'condition';
  readonly matched: boolean;
  /** For a person, e.g. `s3:prefix is not part of a PutObject request, and StringNotLikeIfExists is true for a missing key.` */
  readonly sentence: string;
  /** Set on conditions. */
  readonly operator?: string;
  readonly key?: string;
  /** Set on conditions whose key the request lacks: `here`, or `always` where no request for this action has it. */
  readonly absent?: 'here' | 'always';
}

export interface StatementTrace extends StatementPlace {
  /** The resource it was held against; through an access point each statement is held against two. */
  readonly resource: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  readonly parts: readonly PartTrace[];
  /** What the statement does to this request and why, in one sentence. */
  readonly sentence: string;
}

/** Why something cannot be said for certain, e.g. a variable that has no value here. */
export interface Uncertainty {
  readonly place: StatementPlace;
  readonly sentence: string;
}

export interface Evaluation {
  readonly decision: Decision;
  /** The statement that decided; null where the lack of one did, and for rules of S3 itself (root, Block Public Access). */
  readonly decidedBy: StatementPlace | null;
  /** One sentence for a person. */
  readonly reason: string;
  readonly uncertain: readonly Uncertainty[];
  readonly trace: readonly StatementTrace[];
}
