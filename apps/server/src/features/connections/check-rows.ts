import type { CheckRow, CheckRowId, Job } from '@windlass/contract';
import { checkRowIds } from '@windlass/contract';
import type { ProbeOutcome, S3Failure } from '../../platform/s3/index.ts';
import { neededRows, rightRows } from './needs.ts';
import type { ConnectionEvent } from './states.ts';

/** What is known of a row before the jobs have their say. `failure` is set where a call failed. */
export interface Finding {
  state: CheckRow['state'];
  cause: string;
  next: string;
  failure: S3Failure | null;
  durationMilliseconds: number;
}
export type Findings = Record<CheckRowId, Finding>;

export const ok = (cause: string, durationMilliseconds = 0, next = ''): Finding => ({
  state: 'ok',
  cause,
  next,
  failure: null,
  durationMilliseconds,
});

export const skipped = (cause: string): Finding => ({
  state: 'skipped',
  cause,
  next: '',
  failure: null,
  durationMilliseconds: 0,
});

export const failed = (
  outcome: ProbeOutcome<unknown> & { ok: false },
  words: { cause: string; next: string } = outcome.failure,
): Finding => ({
  state: 'failed',
  cause: words.cause,
  next: words.next,
  failure: outcome.failure,
  durationMilliseconds: outcome.durationMilliseconds,
});

/** All rows skipped for one reason, to be overwritten by what was found. */
export const allSkipped = (reason: string): Findings => {
  const entries = checkRowIds.map((id) => [id, skipped(reason)] as const);
  // fromEntries forgets the names of the keys.
  return Object.fromEntries(entries) as Findings;
};

export interface Verdict {
  rows: CheckRow[];
  event: Extract<ConnectionEvent, 'checkPassed' | 'checkPartly' | 'checkFailed'>;
}

/**
 * Turns findings into rows and their sum.
 *
 * A right that is refused and that no job needs becomes `skipped`: lacking it is what least privilege looks like.
 * Passed: no row failed. Partly: some right is missing and some needed one is there. Failed: anything else.
 */
export const judge = (findings: Findings, connectionJobs: readonly Job[]): Verdict => {
  const needed = neededRows(connectionJobs);
  const jobNames = connectionJobs.join(', ');
  const rows = checkRowIds.map((id): CheckRow => {
    const finding = findings[id];
    const spare = isRefusedRight(id, finding) && !needed.has(id);
    return {
      id,
      state: spare ? 'skipped' : finding.state,
      cause: spare ? `Refused, and not needed for this connection's jobs (${jobNames}).` : finding.cause,
      next: spare ? '' : finding.next,
      details: detailsOf(finding.failure),
      durationMilliseconds: finding.durationMilliseconds,
    };
  });
  const failures = rows.filter(({ state }) => state === 'failed');
  if (failures.length === 0) return { rows, event: 'checkPassed' };
  const onlyRights = failures.every(({ id }) => isRefusedRight(id, findings[id]));
  const someWork = rows.some(({ id, state }) => needed.has(id) && state === 'ok');
  return { rows, event: onlyRights && someWork ? 'checkPartly' : 'checkFailed' };
};

/** Refused as a right, in contrast to a bucket that is not there or does not answer. */
const isRefusedRight = (id: CheckRowId, { state, failure }: Finding): boolean =>
  rightRows.some((right) => right === id) &&
  state === 'failed' &&
  failure !== null &&
  ['denied', 'unsupported', 'encryption', 'other', 'objectMissing', 'busy', 'tooLarge', 'condition'].includes(
    failure.kind,
  );

const detailsOf = (failure: S3Failure | null): CheckRow['details'] =>
  failure === null
    ? null
    : {
        code: failure.code,
        httpStatus: failure.httpStatus,
        message: failure.message,
        requestId: failure.requestId,
      };
