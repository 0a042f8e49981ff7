import type { Caller } from '../calls/caller.ts';
import { evaluateCall, type ActionVerdict } from '../calls/evaluate-call.ts';
import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import type { PolicySet } from '../evaluate/access-request.ts';
import { listOf, textsOf } from '../evaluate/element-values.ts';
import type { StatementPlace } from '../evaluate/evaluation.ts';
import { actionFacts } from '../facts/action-facts.ts';
import { grantStatements } from '../generate/grant-statements.ts';
import { bucketNames, literal } from '../generate/resource-names.ts';
import type { Capability } from '../jobs/capability.ts';
import { grantsOf } from '../jobs/grants.ts';
import type { NeedRow } from '../jobs/need-row.ts';
import type { NeedTarget } from '../jobs/need-target.ts';
import { needsOf } from '../jobs/needs.ts';
import { splitArn } from '../match/arn.ts';
import { matchesArn } from '../match/arn-pattern.ts';
import { expandVariables, type Expand } from '../match/policy-variables.ts';
import type { CompareRow, CompareState } from './compare-row.ts';

export interface JobTarget extends NeedTarget {
  readonly caller: Caller;
}

/**
 * What policies give a caller against what a job needs, call by call: needed and refused is `missing`, allowed and not
 * needed is `excess`, and `equal` is as it should be. Where a statement cannot be judged the row is `unknown`.
 *
 * @example
 * compareWithJob({ identity: [pasted] }, ['ingest'], {
 *   bucket: 'media',
 *   prefix: 'uploads/',
 *   caller: { principal: 'arn:aws:iam::111122223333:user/windlass', resourceAccount: '111122223333' },
 * })
 */
export const compareWithJob = (
  policies: PolicySet,
  capabilities: readonly Capability[],
  target: JobTarget,
): CompareRow[] =>
  needsOf(capabilities, target).map((row) => {
    const { decision, reason, actions } = evaluateCall(row.call, target.caller, policies);
    const decisive = actions.find(({ evaluation }) => evaluation.decision === decision);
    const allowed = decision === 'Allowed';
    const asItShould = allowed === (row.kind === 'must');
    const uncertain = actions.some(({ evaluation }) => evaluation.uncertain.length > 0);
    const state = asItShould ? 'equal' : uncertain ? 'unknown' : allowed ? 'excess' : 'missing';
    return {
      state,
      action: row.call.operation,
      resource: decisive?.resource ?? '*',
      accessLevel: actionFacts(decisive?.action ?? '')?.accessLevel ?? 'Write',
      title: row.title,
      statement: statementFor(state, row, decisive, policies, capabilities, target),
      reason,
    };
  });

const statementFor = (
  state: CompareState,
  { kind }: NeedRow,
  decisive: ActionVerdict | undefined,
  policies: PolicySet,
  capabilities: readonly Capability[],
  target: JobTarget,
): Statement | null => {
  if (decisive === undefined || state === 'equal') return null;
  if (kind === 'mustNot') return statementAt(policies, decisive.evaluation.decidedBy);
  // Nothing that is added helps against a Deny.
  if (decisive.evaluation.decision === 'ExplicitlyDenied') return null;
  return missingStatement(decisive, capabilities, target);
};

/** The statement of the generated policy that would allow it, cut down to the one action; no Sid, which another may have. */
const missingStatement = (
  { action, resource }: ActionVerdict,
  capabilities: readonly Capability[],
  target: JobTarget,
): Statement | null => {
  const statements = grantStatements(grantsOf(capabilities, target), {
    names: bucketNames(target.bucket),
    ownFolder: literal(target.user ?? 'member'),
  });
  const fields = splitArn(resource);
  const found = statements.find(
    ({ Action, Resource }) =>
      textsOf(Action).includes(action) &&
      textsOf(Resource).some((pattern) => matchesArn(pattern, fields, escapesOnly)),
  );
  if (found === undefined) return null;
  const { Sid: _, ...statement } = found;
  return { ...statement, Action: action };
};

const escapesOnly: Expand = (template) => {
  const expansion = expandVariables(template, () => null);
  return expansion.text === null ? null : expansion;
};

const statementAt = (policies: PolicySet, place: StatementPlace | null): Statement | null => {
  if (place === null) return null;
  const document = documentAt(policies, place);
  const statement = listOf(document?.Statement)[place.statementIndex];
  // It has just decided, so that it is one.
  return statement === undefined ? null : (statement as Statement);
};

const documentAt = (policies: PolicySet, { policy, policyIndex }: StatementPlace): PolicyDocument | null => {
  switch (policy) {
    case 'identity':
    case 'group':
    case 'boundary':
    case 'vpcEndpoint':
      return policies[policy]?.[policyIndex] ?? null;
    case 'session':
      return policies.session ?? null;
    case 'bucket':
      return policies.bucketPolicy ?? null;
    case 'accessPoint':
      return policies.accessPoint?.policy ?? null;
    case 'trust':
      return policies.trust ?? null;
    case 'scp':
    case 'rcp':
      return (policies[policy] ?? []).flat()[policyIndex] ?? null;
  }
};
