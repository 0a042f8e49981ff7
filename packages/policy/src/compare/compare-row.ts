import type { Statement } from '../document/policy-document.ts';

export const compareStates = ['equal', 'missing', 'excess', 'unknown'] as const;
export type CompareState = (typeof compareStates)[number];

/** One right, in the first policy against the second (or against what a job needs). */
export interface CompareRow {
  readonly state: CompareState;
  /** `s3:PutObject`, or the operation where a job is compared. */
  readonly action: string;
  readonly resource: string;
  /** Read, List, Write, Permissions management or Tagging (AWS: access levels). */
  readonly accessLevel: string;
  readonly title: string;
  /** The statement to add (missing) or to drop (excess). */
  readonly statement: Statement | null;
  /** Why, in a sentence, where a job is compared. */
  readonly reason?: string;
}
