/** A value, or several of them: policies may leave the brackets away (IAM: Grammar of the IAM JSON policy language). */
export type OneOrMany<T> = T | readonly T[];

/** Who a statement of a resource policy is about. `'*'` is everybody. */
export type PrincipalElement = '*' | Readonly<Record<string, OneOrMany<string>>>;

/** Operator -> condition key -> values. Numbers and booleans are legal in JSON and count as their text. */
export type ConditionElement = Readonly<
  Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>
>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionElement;
}

/**
 * A policy as IAM and S3 take it.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<Statement>;
}

/** Where a policy is attached; it decides which elements it may have and how it takes part in a decision. */
export const policyKinds = [
  'identity',
  'group',
  'boundary',
  'session',
  'bucket',
  'accessPoint',
  'vpcEndpoint',
  'scp',
  'rcp',
  'trust',
] as const;
export type PolicyKind = (typeof policyKinds)[number];
