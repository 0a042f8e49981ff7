import type { ApiCall, PolicyDocument, Statement } from '@windlass/policy';
import { comparePolicies, compareWithJob, type CompareState as RowState } from '@windlass/policy/compare';
import { needsOf } from '@windlass/policy/generate';
import { parsePolicy } from '../check/read-documents.ts';
import type { CompareState, TriedRequest } from '../state/studio-state.ts';
import { isTooLong } from '../state/too-long.ts';

/** One right: who has it and who should. */
export interface ComparisonRow {
  id: string;
  state: RowState;
  title: string;
  /** Why, or which access it is. */
  about: string;
  /** To add where it is missing, to drop where it is too much. */
  statement: Statement | null;
  /** The call as a request to try; null where the row is about an action and not a call. */
  request: Partial<TriedRequest> | null;
}

export type Comparison = { rows: ComparisonRow[] } | { problem: string };

/** Whoever has the policy; only the account counts, which owns the bucket as well. */
const account = '111122223333';
const principal = `arn:aws:iam::${account}:user/member`;

/** @example comparison({ against: 'job', left: text, capabilities: ['ingest'], … }).rows */
export const comparison = (compare: CompareState): Comparison => {
  const { left, right, against, capabilities, bucket } = compare;
  if (isTooLong(left) || (against === 'policy' && isTooLong(right)))
    return { problem: 'A policy is longer than any may be (S3 takes 20 KB), so they are not compared.' };
  const first = parsePolicy(left);
  if (first === null) return { problem: 'The first policy cannot be read as JSON yet.' };
  if (bucket === '') return { problem: 'Name the bucket, so that there is something to try.' };
  if (against === 'job') {
    if (capabilities.length === 0) return { problem: 'Choose a job to compare with.' };
    if (compare.prefix !== '' && !compare.prefix.endsWith('/'))
      return {
        problem: 'The prefix has to end in a slash: without it, names that only begin alike are meant too.',
      };
    return { rows: jobRows(first, compare) };
  }
  const second = parsePolicy(right);
  return second === null
    ? { problem: 'The second policy cannot be read as JSON yet.' }
    : { rows: policyRows(first, second, bucket) };
};

const policyRows = (first: PolicyDocument, second: PolicyDocument, bucket: string): ComparisonRow[] =>
  comparePolicies(first, second, { kind: 'identity', bucket, accountId: account }).map((row) => ({
    id: row.title,
    state: row.state,
    title: row.title,
    about: row.accessLevel,
    statement: row.statement,
    request: null,
  }));

const order: readonly RowState[] = ['missing', 'excess', 'unknown', 'equal'];

const jobRows = (policy: PolicyDocument, { capabilities, bucket, prefix }: CompareState): ComparisonRow[] => {
  const target = { bucket, prefix };
  const needs = needsOf(capabilities, target);
  const caller = { principal, resourceAccount: account };
  return compareWithJob({ identity: [policy] }, capabilities, { ...target, caller })
    .map(({ state, title, reason = '', statement }, index) => {
      // Its rows are the needs, in their order.
      const need = needs[index];
      const said = need?.kind === 'must' ? 'The job needs it' : 'The job does not need it';
      return {
        id: need?.id ?? title,
        state,
        title,
        about: `${said}. ${reason}`,
        statement,
        request: need === undefined ? null : requestOf(need.call),
      };
    })
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
};

const requestOf = (call: ApiCall): Partial<TriedRequest> => ({
  operation: call.operation,
  bucket: call.bucket,
  key: call.key ?? '',
  parameters: Object.entries(call.parameters ?? {}).map(([name, value]) => ({ name, value })),
  source: call.source ?? { bucket: '', key: '' },
  principal,
  account,
  context: [],
});
