import type { TextSpan } from '../reader/line-index.ts';

export const severities = ['error', 'security', 'warn', 'info'] as const;
export type Severity = (typeof severities)[number];

/** A mend that a person may apply with one click. */
export interface Fix {
  /** What it does, as a button says it: `Replace the condition by NotResource`. */
  readonly title: string;
  /** The whole document after the fix. Everything outside the mended part keeps its text. */
  readonly text: string;
}

export interface Finding extends TextSpan {
  /** Stable id, e.g. `S3C002`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** JSON path, e.g. `Statement[1].Condition.StringLike["s3:prefix"]`. */
  readonly path: string;
  /** Index of the statement, or null for the document. */
  readonly statement: number | null;
  readonly fixes: readonly Fix[];
}
