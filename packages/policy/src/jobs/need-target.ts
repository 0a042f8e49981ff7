import type { GrantScope } from './grants.ts';

/** Where a job's needs are looked at. */
export interface NeedTarget extends GrantScope {
  readonly bucket: string;
  /** A bucket that the job has nothing to do with; `<bucket>-other` when absent. */
  readonly otherBucket?: string;
  /** Name of the user whose own folders a gallery member has; `member` when absent. */
  readonly user?: string;
  /** Uploads then send `If-None-Match: *`, and one that does not must be refused. */
  readonly writeOnce?: boolean;
}
