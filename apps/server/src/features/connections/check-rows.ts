import { checkRowGroups, type CheckRow, type CheckRowId, type Job } from '@windlass/contract';
import type { BucketAddress, S3Failure } from '../../platform/s3/index.ts';
import type { Finding, Findings } from './check-findings.ts';
import { actionOf, needOf, type Need } from './needs.ts';
import { asRowStatement, statementToAdd, statementToDrop } from './row-statements.ts';
import { nextForExcess, rowWords } from './row-words.ts';
import type { ServerTraits } from './server-traits.ts';
import type { ConnectionEvent } from './states.ts';

/** What rows are made for. */
export interface RowScope {
  ids: readonly CheckRowId[];
  jobs: readonly Job[];
  address: Pick<BucketAddress, 'bucket' | 'prefix' | 'region'>;
  traits: ServerTraits;
}

export interface Verdict {
  rows: CheckRow[];
  event: Extract<ConnectionEvent, 'checkPassed' | 'checkPartly' | 'checkFailed'>;
  /** The credentials can do about everything in the bucket. */
  fullAccess: boolean;
}

/** CAN against NEEDS: each finding becomes a row, and the rows a sum. A row without a finding is not known. */
export const judge = (findings: Findings, scope: RowScope): Verdict => {
  const rows = scope.ids.map((id) => rowOf(id, findings[id] ?? untried, scope));
  return { rows, event: eventOf(rows), fullAccess: isFullAccess(rows) };
};

/**
 * Passed: nothing needed is missing; an excess is warned about, and what is not known is no fault. Partly: something is
 * missing, and some other right that a job needs is there. Failed: anything else.
 */
export const eventOf = (rows: readonly CheckRow[]): Verdict['event'] => {
  if (rows.some(({ state }) => state === 'failed')) return 'checkFailed';
  if (!rows.some(({ state }) => state === 'missing')) return 'checkPassed';
  const someWork = rows.some(
    ({ group, state, needs }) => group === 'rights' && needs === 'yes' && state === 'ok',
  );
  return someWork ? 'checkPartly' : 'checkFailed';
};

const untried: Finding = {
  can: 'unknown',
  broken: false,
  cause: 'Not tried.',
  next: '',
  failure: null,
  durationMilliseconds: 0,
};

/** How `can` and `needs` meet. A right that nobody needs and nobody has is what least privilege looks like. */
const states: Record<CheckRow['can'], Record<Need, CheckRow['state']>> = {
  yes: { yes: 'ok', optional: 'ok', no: 'excess' },
  no: { yes: 'missing', optional: 'ok', no: 'ok' },
  unknown: { yes: 'unknown', optional: 'unknown', no: 'unknown' },
};

const rowOf = (id: CheckRowId, finding: Finding, scope: RowScope): CheckRow => {
  const needs = finding.needs ?? needOf(id, scope.jobs);
  const state = finding.broken ? 'failed' : states[finding.can][needs];
  return {
    id,
    group: checkRowGroups[id],
    state,
    can: finding.can,
    needs,
    ...wordsOf(id, { state, needs }, finding, scope),
    action: actionOf(id),
    statement: finding.statement ?? documentFor(id, state, scope),
    details: detailsOf(finding.failure),
    durationMilliseconds: finding.durationMilliseconds,
  };
};

const wordsOf = (
  id: CheckRowId,
  { state, needs }: Pick<CheckRow, 'state' | 'needs'>,
  finding: Finding,
  { address, traits }: RowScope,
): Pick<CheckRow, 'cause' | 'next'> => {
  const words = rowWords[id];
  const own = { cause: finding.cause, next: finding.next };
  if (words === undefined || state === 'failed' || state === 'unknown') return own;
  const action = actionOf(id);
  switch (state) {
    case 'missing':
      return {
        cause: own.cause || `These credentials cannot ${words.deed}, and a job of this connection needs it.`,
        next: own.next || nextForMissing(action, traits),
      };
    case 'excess':
      return {
        cause: own.cause || `These credentials can ${words.deed}, and no job needs it. ${words.risk}`.trim(),
        next:
          own.next ||
          (traits.coarseKeys ? nextForCoarseKeys(traits) : nextForExcess(id, action, address.prefix)),
      };
    case 'ok': {
      const said = finding.can === 'yes' ? 'can' : 'cannot';
      const judged = finding.can === 'yes' ? '' : needs === 'no' ? ', as it should be' : ', and need not';
      const refused = finding.can === 'no' && finding.failure !== null;
      // The provider tells how to get the right, which nobody wants here; its words stay in the details.
      const cause = refused ? '' : own.cause;
      return {
        cause: cause || `These credentials ${said} ${words.deed}${judged}.`,
        next: refused ? '' : own.next,
      };
    }
  }
};

const nextForMissing = (action: string | null, { takesStatements, profile }: ServerTraits): string =>
  takesStatements
    ? `Add the statement below to the policy of these credentials${action === null ? '' : `: it allows ${action}`}.`
    : `Make a key of ${profile.name} that has this right, and overwrite the credentials.`;

const nextForCoarseKeys = ({ profile }: ServerTraits): string =>
  `${profile.name} has no narrower key than this: give this connection a bucket of its own.`;

const documentFor = (id: CheckRowId, state: CheckRow['state'], scope: RowScope): CheckRow['statement'] => {
  if (!scope.traits.takesStatements) return null;
  if (state === 'missing') return asRowStatement('add', statementToAdd(id, scope.address));
  if (state === 'excess') return asRowStatement('drop', statementToDrop(id, scope.address));
  return null;
};

/** Reading what only administrators read, besides writing and deleting: the key can do about everything. */
const isFullAccess = (rows: readonly CheckRow[]): boolean => {
  const may = (id: CheckRowId): boolean => rows.some((row) => row.id === id && row.can === 'yes');
  const everything: readonly CheckRowId[] = ['put', 'delete', 'readPolicy', 'readAcl', 'readLifecycle'];
  return everything.every(may);
};

const detailsOf = (failure: S3Failure | null): CheckRow['details'] =>
  failure === null
    ? null
    : {
        code: failure.code,
        httpStatus: failure.httpStatus,
        message: failure.message,
        requestId: failure.requestId,
      };
