import { checkRowIds, type CheckRow, type CheckRowId } from '@windlass/contract';
import type { ProbeOutcome, S3Failure } from '../../platform/s3/index.ts';
import type { Need } from './needs.ts';

export type Can = CheckRow['can'];

/** What was found out for a row, before the jobs have their say. */
export interface Finding {
  can: Can;
  /** True where something before all rights is wrong, as a wrong secret. */
  broken: boolean;
  /** Empty: the row's own words say it. */
  cause: string;
  next: string;
  /** Of the call that decided; null where none failed. */
  failure: S3Failure | null;
  durationMilliseconds: number;
  /** Where the bucket makes something needed that otherwise helps only. */
  needs?: Need;
  /** Another document than the row's own statement, JSON text. */
  statement?: CheckRow['statement'];
}
export type Findings = Partial<Record<CheckRowId, Finding>>;

const finding = (can: Can, given: Partial<Finding> = {}): Finding => ({
  can,
  broken: false,
  cause: '',
  next: '',
  failure: null,
  durationMilliseconds: 0,
  ...given,
});

/** Allowed. */
export const can = (given: Partial<Finding> = {}): Finding => finding('yes', given);
/** Refused. */
export const cannot = (given: Partial<Finding> = {}): Finding => finding('no', given);
/** Could not be found out, for this cause. */
export const notKnown = (cause: string, given: Partial<Finding> = {}): Finding =>
  finding('unknown', { cause, ...given });

/** Every row not known for one reason, to be overwritten by what was found. */
export const untried = (reason: string): Findings => {
  const entries = checkRowIds.map((id) => [id, notKnown(`Not tried: ${reason}.`)] as const);
  // fromEntries forgets the names of the keys.
  return Object.fromEntries(entries) as Findings;
};

/** Something before all rights is wrong; the provider's failure says what. */
export const broken = (
  outcome: ProbeOutcome<unknown> & { ok: false },
  words: { cause: string; next: string } = outcome.failure,
): Finding => finding('no', { broken: true, ...words, ...factsOf(outcome) });

/** What the details fold and the clock of a row show. */
export const factsOf = (
  outcome: ProbeOutcome<unknown>,
): Pick<Finding, 'failure' | 'durationMilliseconds'> => ({
  failure: outcome.ok ? null : outcome.failure,
  durationMilliseconds: outcome.durationMilliseconds,
});

/** Answers that come only after the right was looked at, so that they prove it. */
export interface Proofs {
  /** The provider's error codes. */
  codes?: readonly string[];
  /** HTTP statuses. */
  statuses?: readonly number[];
}

/**
 * Reads an outcome as an answer to "may they?". A success and a proof are yes, a refusal is no, whatever else (a server
 * error, a timeout) says nothing.
 */
export const readRight = (outcome: ProbeOutcome<unknown>, proofs: Proofs = {}): Finding => {
  const { failure } = outcome;
  if (failure === undefined) return can(factsOf(outcome));
  const { code, httpStatus, kind } = failure;
  const proven =
    (code !== null && proofs.codes?.includes(code) === true) ||
    (httpStatus !== null && proofs.statuses?.includes(httpStatus) === true && kind !== 'bucketMissing');
  if (proven) return can({ durationMilliseconds: outcome.durationMilliseconds });
  if (kind === 'denied' || kind === 'unsupported')
    return cannot({ ...factsOf(outcome), ...wordsBeyondDenied(failure) });
  return notKnown(failure.cause, { next: failure.next, ...factsOf(outcome) });
};

/** A plain refusal is better said by the row; what names policy or operation is better said by the provider. */
const wordsBeyondDenied = ({ kind, cause, next }: S3Failure): Partial<Finding> =>
  kind === 'denied' && cause === plainRefusal ? {} : { cause, next };

/** As platform/s3 words a refusal of which the provider said no more. */
const plainRefusal = 'The credentials may not do this.';
