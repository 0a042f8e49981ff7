import type { CorsLintOptions, LintOptions } from '../lint/lint-options.ts';

/** What the docs say about a rule beyond its title. */
export interface RuleDoc {
  /** What goes wrong, and for whom. */
  readonly why: string;
  readonly mend: string;
  /** Where AWS, a standard or a provider says so. */
  readonly source: string;
  /** A document that has the finding; of a policy, its statement is enough. */
  readonly bad: unknown;
  /** The same without it. Absent where the first fix of the linter shows it. */
  readonly good?: unknown;
  /** What the linter is told beside the document. `kind` is `identity` when absent. */
  readonly options?: Partial<LintOptions> & CorsLintOptions;
}
